/** One paper of one gathering. */
import type { paperKinds } from '#contract/papers'
import { DomainError } from '#platform'
import { fonts } from './fonts.ts'
import { writeMinutes } from './minutes.ts'
import { writeNotice } from './notice.ts'
import { type Reader, shortDigest } from './proof.ts'
import { writeResolutions } from './resolutions.ts'
import { Sheet } from './sheet.ts'
import { writeSignInSheet } from './signInSheet.ts'
import { dayInWords, dayOf, dayOfMoment, fileName, type Gathering } from './words.ts'

export type PaperKind = (typeof paperKinds)[number]

const names: Readonly<Record<PaperKind, string>> = {
  NOTICE: '会议通知',
  SIGN_IN_SHEET: '签到表',
  MINUTES: '会议记录',
  RESOLUTIONS: '决议摘录',
}

const nothing = (zh: string, en: string) => new DomainError('NOTHING_ON_RECORD', { sentence: { zh, en } })

/** @throws DomainError NOTHING_ON_RECORD when there is nothing to write in it */
function refuseEmpty(gathering: Gathering, kind: PaperKind): void {
  if (kind === 'SIGN_IN_SHEET' && gathering.roster.length === 0) {
    throw nothing('还没有应到名单，请先发出通知，再打印签到表。', 'There is no roster yet; notify the members first.')
  }
  if (kind === 'MINUTES' && gathering.actualEnd === null) {
    throw nothing('还没有会议记录，写好记录后再来打印。', 'There are no minutes yet; write the record first.')
  }
  if (kind === 'RESOLUTIONS' && gathering.resolutions.length === 0) {
    throw nothing('这次会议没有决议，无需摘录。', 'Nothing was resolved at this gathering.')
  }
}

/** Writes it as a PDF. @param now dates the notice; nothing else depends on it */
export async function writePaper(
  gathering: Gathering,
  kind: PaperKind,
  reader: Reader,
  now: Date,
): Promise<{ name: string; content: Buffer }> {
  refuseEmpty(gathering, kind)
  const sheet = new Sheet(await fonts(), {
    title: `${gathering.title}${names[kind]}`,
    foot: [gathering.organisationName, names[kind], ...(kind === 'MINUTES' || kind === 'RESOLUTIONS' ? [shortDigest(gathering)] : [])].join(
      '　',
    ),
    at: new Date(gathering.actualEnd ?? gathering.plannedStart),
  })
  if (kind === 'NOTICE') writeNotice(sheet, gathering, reader, dayInWords(dayOfMoment(now.toISOString())))
  else if (kind === 'SIGN_IN_SHEET') writeSignInSheet(sheet, gathering, reader)
  else if (kind === 'MINUTES') writeMinutes(sheet, gathering, reader)
  else writeResolutions(sheet, gathering, reader)
  return {
    name: fileName([gathering.organisationName, dayOf(gathering), gathering.title, names[kind]], 'pdf'),
    content: await sheet.finish(),
  }
}
