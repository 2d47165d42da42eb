/** A voice note that belongs to a gathering, fetched when somebody wants to hear it. */
import { useEffect, useState } from 'react'
import { getGatheringFile } from '#contract/meetings'
import { callForFile } from './client.ts'
import { useT } from './i18n.ts'

interface VoiceProps {
  of: { organisationId: string; gatheringId: string; fileId: string }
  /** Whose voice it is. */
  name: string
}

export function Voice({ of: params, name }: VoiceProps) {
  const t = useT()
  const [address, setAddress] = useState<string>()
  useEffect(() => () => (address === undefined ? undefined : URL.revokeObjectURL(address)), [address])
  if (address !== undefined) {
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- a voice note of a minute has no captions; its words may stand beside it
    return <audio controls autoPlay src={address} aria-label={t('shared.voiceOf', { name })} />
  }
  const hear = () =>
    void callForFile(getGatheringFile, { params }).then(
      (file) => setAddress(URL.createObjectURL(file)),
      () => {},
    )
  return (
    <button type="button" className="button small outline" onClick={hear}>
      {t('shared.listenTo', { name })}
    </button>
  )
}
