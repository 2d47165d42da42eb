import type { z } from 'zod'
import type { Member as Shape } from '#contract/members'

export type Member = z.output<typeof Shape>
