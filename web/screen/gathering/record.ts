import type { z } from 'zod'
import type { Gathering as GatheringShape } from '#contract/meetings'

export type GatheringRecord = z.output<typeof GatheringShape>
