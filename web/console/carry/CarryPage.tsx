/** Delivers packages that were brought as files from a place without a network, and prints their receipts for the way back. */
import { useRef, useState } from 'react'
import { Button } from 'antd'
import type { ReturnsOf } from '#contract/operation'
import { putPackage } from '#contract/packages'
import { call, Problem } from '../../shared/client.ts'
import { CodePicture } from '../../shared/CodePicture.tsx'
import { showMoment } from '../../shared/dates.ts'
import { useLanguage, useT } from '../../shared/i18n.ts'
import { cut, shortName } from '../../shared/package/frames.ts'
import { packageIdOf } from '../../shared/package/seal.ts'
import { Empty } from '../../shared/states.tsx'
import { Mark } from '../list/Mark.tsx'
import './carry.css'

interface Brought {
  /** Order in which it was opened. */
  key: number
  file: string
  packageId: string | undefined
  delivered?: ReturnsOf<typeof putPackage>
  /** Why it was not delivered. */
  refused?: string
}

/** What became of a package. @throws what is no answer of the platform */
async function deliver(packageId: string, sealed: string): Promise<Pick<Brought, 'delivered' | 'refused'>> {
  try {
    return { delivered: await call(putPackage, { params: { packageId }, body: { sealed } }) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { refused: error.fields[0]?.message ?? error.message }
  }
}

export function CarryPage() {
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  const [brought, setBrought] = useState<readonly Brought[]>([])
  const opened = useRef(0)

  async function open(files: FileList | null) {
    for (const file of files ?? []) {
      const sealed = (await file.text()).trim()
      const packageId = packageIdOf(sealed)
      opened.current += 1
      const one: Brought = { key: opened.current, file: file.name, packageId }
      if (packageId === undefined) one.refused = t('console.carry.notAPackage')
      setBrought((before) => [one, ...before])
      if (packageId === undefined) continue
      const became = await deliver(packageId, sealed)
      setBrought((before) => before.map((each) => (each.key === one.key ? { ...each, ...became } : each)))
    }
    if (input.current !== null) input.current.value = ''
  }

  const receipts = brought.flatMap(({ delivered }) => delivered ?? [])
  return (
    <>
      <p className="note">{t('console.carry.note')}</p>
      <label className="carry-choice">
        <span>{t('console.carry.choose')}</span>
        <input ref={input} type="file" accept=".txt,text/plain" multiple onChange={(event) => void open(event.target.files)} />
      </label>
      {brought.length === 0 ? <Empty text={t('console.carry.none')} /> : <Results brought={brought} />}
      {receipts.length > 0 && <Receipts receipts={receipts} />}
    </>
  )
}

function Results({ brought }: { brought: readonly Brought[] }) {
  const t = useT()
  const language = useLanguage()
  return (
    <table className="plain" aria-label={t('console.carry.title')}>
      <thead>
        <tr>
          <th scope="col">{t('console.carry.file')}</th>
          <th scope="col">{t('console.carry.package')}</th>
          <th scope="col">{t('console.carry.result')}</th>
        </tr>
      </thead>
      <tbody aria-live="polite">
        {brought.map(({ key, file, packageId, delivered, refused }) => (
          <tr key={key}>
            <td>{file}</td>
            <td>{packageId === undefined ? '—' : shortName(packageId)}</td>
            <td>
              {delivered !== undefined ? (
                <Mark tone="ok">
                  {t(delivered.repeated ? 'console.carry.before' : 'console.carry.delivered', {
                    time: showMoment(delivered.receivedAt, language),
                    count: delivered.acts,
                  })}
                </Mark>
              ) : refused === undefined ? (
                <Mark tone="wait">{t('console.carry.sending')}</Mark>
              ) : (
                <Mark tone="bad">{refused}</Mark>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Receipts({ receipts }: { receipts: readonly ReturnsOf<typeof putPackage>[] }) {
  const t = useT()
  const codes = receipts.flatMap(({ packageId, receipt }) =>
    cut('RECEIPT', packageId, receipt).map((text, at, all) => ({ packageId, text, number: at + 1, total: all.length })),
  )
  return (
    <section className="carry-receipts">
      <p className="note">{t('console.carry.receiptNote')}</p>
      <div className="carry-codes">
        {codes.map(({ packageId, text, number, total }) => {
          const label = t('console.carry.receipt', { name: shortName(packageId), number, total })
          return (
            <figure key={text}>
              <CodePicture text={text} label={label} />
              <figcaption>{label}</figcaption>
            </figure>
          )
        })}
      </div>
      <Button onClick={() => window.print()}>{t('console.carry.print')}</Button>
    </section>
  )
}
