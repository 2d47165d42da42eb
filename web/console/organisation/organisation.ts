import type { z } from 'zod'
import type { Organisation as Shape } from '#contract/organisations'

export type Organisation = z.output<typeof Shape>
