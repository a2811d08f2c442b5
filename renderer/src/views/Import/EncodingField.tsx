import { Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { hasToBeNamed } from '#schema/encodings'
import type { BoardFile } from '../../state/mapping-rows.ts'
import { answerEncoding } from './board-acts.ts'
import { encodingOptions } from './encoding-choices.ts'

type Props = Readonly<{ file: BoardFile }>

/** The encoding that was named for a file, to be changed where it reads wrong; nothing where its bytes tell it. */
export function EncodingField({ file }: Props): ReactNode {
  const { plan, tables, asks, entry } = file
  const named = entry.edited?.encoding ?? plan.encoding
  const isNamed = entry.edited?.encoding !== undefined || hasToBeNamed(named)
  if (!isNamed || tables.length === 0 || asks.some(({ kind }) => kind === 'encoding')) return null
  return (
    <Select
      label="Encoding"
      size="xs"
      data={encodingOptions([])}
      value={named}
      allowDeselect={false}
      searchable
      onChange={chosen => {
        if (chosen !== null && chosen !== named) answerEncoding(file, chosen)
      }}
    />
  )
}
