import { Fragment, type ReactNode } from 'react'

/** A value that breaks before an `@` and after a bar, rather than within a word. */
export function Breakable({ text }: Readonly<{ text: string }>): ReactNode {
  return text.split(/(?=@)|(?<=[|/])(?=\w)/).map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no identity but their place
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}
