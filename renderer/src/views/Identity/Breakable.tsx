import { Fragment, type ReactNode } from 'react'

/**
 * A value that breaks behind an `@`, a bar and a dot before a longer word, rather than within a word: the end of `.com` stays with
 * its name. What it ends in may be followed by more of the same value.
 */
export function Breakable({ text }: Readonly<{ text: string }>): ReactNode {
  const parts = text.split(/(?<=[@|/])|(?<=\.)(?=[\w-]{4})/)
  return parts.map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no identity but their place
    <Fragment key={place}>
      {part}
      {(place < parts.length - 1 || /[@|/]$/.test(part)) && <wbr />}
    </Fragment>
  ))
}
