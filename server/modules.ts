/** The modules of the house, in the order in which they know each other: downwards only. A module that is not here does not exist. */
import { areas } from '#areas'
import { duties } from '#duties'
import { floating } from '#floating'
import { identity } from './modules/identity/index.ts'
import { meetings } from '#meetings'
import { members } from '#members'
import { organisations } from '#organisations'
import { overview } from '#overview'
import { papers } from '#papers'
import { plans } from '#plans'
import { reviews } from '#reviews'
import { study } from '#study'
import { sync } from '#sync'
import type { Module } from '#platform'

export const modules: readonly Module[] = [
  areas,
  organisations,
  members,
  meetings,
  study,
  reviews,
  duties,
  floating,
  plans,
  papers,
  sync,
  overview,
  identity,
]
