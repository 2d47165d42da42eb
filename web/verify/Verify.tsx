/**
 * Whoever stands at a door checks a pass here: by camera, picture, text or hand scanner, with an account of nobody and without a network. What was
 * read is held by this page as long as it is shown, and nowhere else.
 */
import { useEffect, useRef, useState, type SubmitEvent } from 'react'
import { type Verdict, verify } from '#pass'
import { useSay, useT } from '../shared/i18n.ts'
import { useElder } from '../shared/looks.ts'
import { useTrust } from '../shared/pass/trust.ts'
import { VerdictCard } from '../shared/pass/VerdictCard.tsx'
import { Aloud } from './Aloud.tsx'
import { Camera } from '../shared/code/Camera.tsx'
import { Lists } from './Lists.tsx'
import { type Picture, readPicture } from '../shared/code/readPicture.ts'
import { Switches } from './Switches.tsx'
import { useScanner } from './useScanner.ts'

/** A short buzz says yes, two say look: for eyes that are on the guest. */
const buzzes = { yes: [80], look: [60, 60, 60] } as const

export function Verify() {
  const t = useT()
  const say = useSay()
  const elder = useElder()
  const kept = useTrust()
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const [scanning, setScanning] = useState(false)
  const [typed, setTyped] = useState('')
  const [trouble, setTrouble] = useState<Exclude<Picture, object> | null>(null)
  /** What the camera saw last: the same code in its eye is judged once. */
  const seen = useRef('')
  const result = useRef<HTMLDivElement>(null)
  const { trust } = kept

  async function judge(text: string) {
    setTrouble(null)
    if (trust === null) return
    const found = await verify(text, trust, new Date())
    setVerdict(found)
    // Not there on every device, and refused before the first touch.
    navigator.vibrate?.([...buzzes[found.accepted ? 'yes' : 'look']])
  }
  function see(text: string) {
    if (text === seen.current) return
    seen.current = text
    void judge(text)
  }
  function clear() {
    seen.current = ''
    setVerdict(null)
    setTyped('')
    setTrouble(null)
  }
  useScanner((text) => void judge(text))
  useEffect(() => {
    if (verdict !== null) result.current?.scrollIntoView({ block: 'nearest' })
  }, [verdict])

  async function choose(file: File | undefined) {
    if (file === undefined) return
    setVerdict(null)
    const picture = await readPicture(file)
    if (typeof picture === 'string') setTrouble(picture)
    else await judge(picture.text)
  }
  function submit(event: SubmitEvent) {
    event.preventDefault()
    void judge(typed)
    setTyped('')
  }

  return (
    <div className="verify-page">
      <header>
        <img src="/icon.svg" alt="" width="40" height="40" />
        <h1>
          {t('verify.title')}
          <small>{t('verify.lead')}</small>
        </h1>
        <Switches />
      </header>
      <main data-answered={verdict !== null || undefined}>
        <Lists {...kept} />
        <div className="verify-ways">
          {scanning ? (
            <section className="scanning">
              <Camera
                words={{
                  name: t('verify.camera'),
                  ASKING: t('verify.cameraAsking'),
                  DENIED: t('verify.cameraDenied'),
                  NONE: t('verify.cameraNone'),
                  BUSY: t('verify.cameraBusy'),
                }}
                onText={see}
              />
              <p className="aim">{t('verify.aim')}</p>
              <button type="button" className="button outline" onClick={() => setScanning(false)}>
                {t('verify.stop')}
              </button>
            </section>
          ) : (
            <button type="button" className="button scan" disabled={trust === null} onClick={() => setScanning(true)}>
              <CodeIcon />
              {t(verdict === null ? 'verify.scan' : 'verify.scanAgain')}
            </button>
          )}
          <section className="otherwise">
            <label className="button outline file">
              {t('verify.picture')}
              <input
                type="file"
                accept="image/*"
                disabled={trust === null}
                onChange={({ currentTarget }) => {
                  void choose(currentTarget.files?.[0])
                  currentTarget.value = ''
                }}
              />
            </label>
            <form onSubmit={submit}>
              <label htmlFor="typed">{t('verify.typed')}</label>
              <div>
                <input
                  id="typed"
                  value={typed}
                  autoComplete="off"
                  autoCapitalize="characters"
                  spellCheck={false}
                  aria-describedby="typed-help"
                  onChange={({ currentTarget }) => setTyped(currentTarget.value)}
                />
                <button type="submit" className="button outline" disabled={trust === null || typed.trim() === ''}>
                  {t('verify.check')}
                </button>
              </div>
              <small id="typed-help">{t('verify.typedHelp')}</small>
            </form>
          </section>
        </div>
        <div className="verify-result" ref={result} aria-live="assertive" role="status">
          {trouble !== null && <p className="trouble">{t(trouble === 'NOTHING' ? 'verify.pictureNothing' : 'verify.pictureBroken')}</p>}
          {verdict !== null && (
            <VerdictCard verdict={verdict}>
              <button type="button" className="button outline" onClick={clear}>
                {t('verify.clear')}
              </button>
              {elder && <Aloud key={verdict.outcome} text={[verdict.title, verdict.sentence, verdict.next].map(say).join('\n')} />}
            </VerdictCard>
          )}
        </div>
        {verdict === null && (
          <section className="verify-promises">
            <h2>{t('verify.without.title')}</h2>
            <ul>
              <li>{t('verify.without.local')}</li>
              <li>{t('verify.without.nothing')}</li>
              <li>{t('verify.without.offline')}</li>
              <li>{t('verify.without.person')}</li>
            </ul>
          </section>
        )}
      </main>
    </div>
  )
}

function CodeIcon() {
  return (
    <svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true" focusable="false">
      <path
        d="M3.5 8V3.5H8m8 0h4.5V8m0 8v4.5H16m-8 0H3.5V16M7.5 7.5h3.4v3.4H7.5zm5.6 0h3.4v3.4h-3.4zm-5.6 5.6h3.4v3.4H7.5zm5.6 0h1.4v1.4h-1.4zm2 2h1.4v1.4h-1.4z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.7"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
