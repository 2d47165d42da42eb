import type { z } from 'zod'
import type { Organisation as Shape } from '#contract/organisations'

export type Organisation = z.output<typeof Shape>

const branches: readonly Organisation['kind'][] = ['BRANCH', 'JOINT_BRANCH', 'TEMP_BRANCH', 'FLOATING_ORG']

/** Has it members of its own, who meet? */
export const isBranch = ({ kind }: Organisation): boolean => branches.includes(kind)
