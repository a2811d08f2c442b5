import { Select } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { DERIVED_KINDS } from '#schema/model'
import { documentOf, useModelEditor } from '../../state/model-editor.ts'
import { words } from '../../ui/format.ts'

type Props = Readonly<{ value: string | null; onChange: (kind: string) => void; isFocused?: boolean }>

/** One of the kinds of the taxonomy, or of those that the engine derives. */
export function KindField({ value, onChange, isFocused = false }: Props): ReactNode {
  const document = useModelEditor(documentOf)
  const data = useMemo(() => {
    const kinds = document?.taxonomy.map(({ kind }) => kind) ?? []
    const known = [...new Set([...kinds, ...(value === null ? [] : [value])])].filter(
      kind => !DERIVED_KINDS.some(derived => derived === kind),
    )
    const items = (names: readonly string[]) => names.map(kind => ({ value: kind, label: words(kind) }))
    return [
      { group: 'Kinds of the taxonomy', items: items(known) },
      { group: 'Derived', items: items(DERIVED_KINDS) },
    ]
  }, [document, value])
  return (
    <Select
      className="kind-field"
      size="xs"
      aria-label="Kind of event"
      data={data}
      value={value}
      searchable
      allowDeselect={false}
      data-autofocus={isFocused || undefined}
      onChange={kind => {
        if (kind !== null) onChange(kind)
      }}
    />
  )
}
