import { type ReactNode, useId } from 'react'

type Props = Readonly<{ title: string; className: string; sentences: readonly string[] }>

/** Sentences under a head; nothing where there are none. */
export function SentenceList({ title, className, sentences }: Props): ReactNode {
  const id = useId()
  if (sentences.length === 0) return null
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className="section-title">
        {title}
      </h3>
      <ul className={className}>
        {sentences.map(sentence => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  )
}
