/** An article: large or small as one likes, read aloud by the voice of the phone. */
import { useState } from 'react'
import { keep, kept } from '../../shared/device.ts'
import { useT } from '../../shared/i18n.ts'
import { Choice } from '../parts/Choice.tsx'
import { ReadAloud } from '../parts/ReadAloud.tsx'
import type { Part } from './store.ts'

const sizes = ['M', 'L', 'XL'] as const
type Size = (typeof sizes)[number]

const keptSize = (): Size => sizes.find((size) => size === kept('study.text')) ?? 'M'

export function Article({ part }: { part: Part }) {
  const t = useT()
  const [size, setSize] = useState(keptSize)
  const paragraphs = part.text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return (
    <section className="card article" data-size={size} aria-label={part.title}>
      <h2>{part.title}</h2>
      <ReadAloud text={paragraphs.map((line) => line.replace(/^## /, '')).join('\n')} />
      <Choice
        label={t('mobile.study.textSize')}
        value={size}
        options={sizes.map((value) => ({ value, name: t(`mobile.study.size.${value}`) }))}
        onChange={(to) => {
          keep('study.text', to)
          setSize(to)
        }}
      />
      <div className="article-text">
        {paragraphs.map((line, n) =>
          // Paragraphs of one text never change their places.
          // oxlint-disable-next-line react/no-array-index-key
          line.startsWith('## ') ? <h3 key={n}>{line.slice(3)}</h3> : <p key={n}>{line}</p>,
        )}
      </div>
    </section>
  )
}
