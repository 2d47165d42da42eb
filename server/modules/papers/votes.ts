/** A vote in words, with its arithmetic. */
import { ballots, type Gathering } from './words.ts'

export type Vote = Gathering['resolutions'][number]

/** 举手表决。应到会有表决权党员9人，实到8人；赞成8票，反对0票，弃权0票。表决通过。 */
export function voteInWords(vote: Vote): string {
  const { ballot, eligible, present, agree, against, abstain, writtenOpinions, passed, papers } = vote
  const written = writtenOpinions > 0 ? `（其中会前书面同意${writtenOpinions}票）` : ''
  const counted = papers === null ? '' : `发出选票${papers.given}张，收回${papers.returned}张，其中无效票${papers.invalid}张；`
  return (
    `${ballots[ballot]}。应到会有表决权党员${eligible}人，实到${present}人；${counted}` +
    `赞成${agree}票${written}，反对${against}票，弃权${abstain}票。${passed ? '表决通过' : '表决未通过'}。`
  )
}
