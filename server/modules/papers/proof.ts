/** What ties a paper to its record: where the record opens, its fingerprint, and how far it can be relied on. */
import type { Sheet } from './sheet.ts'
import { type Gathering, isSettled } from './words.ts'

/** Who reads: the address people use, and whether reasons of leave may be told (only to those who keep the record). */
export interface Reader {
  origin: string
  tellsReasons: boolean
}

/** Where the record opens on a phone. */
const addressOf = (gathering: Gathering, { origin }: Reader) => `${origin}/meetings/${gathering.organisationId}/${gathering.id}`

/** 64 hexadecimal digits in groups of eight, so that they can be compared by eye. */
export const grouped = (digest: string): string => (digest.match(/.{8}/g) ?? [digest]).join(' ')

const scan = '扫码打开平台上的原记录，核对指纹、更正和附件；内容以原记录为准。'

/** For what is on record. */
export function proof(sheet: Sheet, gathering: Gathering, reader: Reader): void {
  const { digest } = gathering
  const lines =
    digest === null ? ['本件尚未经第二人确认，内容可能变动，不作为归档依据。', scan] : ['记录指纹（SHA-256）', grouped(digest), scan]
  const amended = isSettled(gathering) && gathering.amendments.length > 0
  sheet.proof(
    addressOf(gathering, reader),
    amended ? [...lines, `确认后更正${gathering.amendments.length}处，原文和更正见会议记录。`] : lines,
  )
}

/** For what is printed before anything is on record. */
export function pointer(sheet: Sheet, gathering: Gathering, reader: Reader): void {
  sheet.proof(addressOf(gathering, reader), ['扫码在手机上打开，可看最新的时间、地点和议程；有变动以平台通知为准。'])
}

/** The first digits, for the foot of a page. */
export const shortDigest = ({ digest }: Gathering): string => (digest === null ? '未确认' : `指纹 ${digest.slice(0, 12)}`)
