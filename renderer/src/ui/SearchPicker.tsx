import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { ChevronsUpDown } from 'lucide-react'
import { type ReactNode, useState } from 'react'

type Props<Row> = Readonly<{
  id?: string
  className: string
  label: string
  placeholder: string
  /** What is chosen, shown while nothing is typed. */
  chosen: string
  rows: readonly Row[]
  keyOf: (row: Row) => string
  option: (row: Row) => ReactNode
  /** Said where nothing fits. */
  empty: string
  /** Said below the options. */
  footer?: ReactNode
  /** Height of the options at most, px. */
  height: number
  /** What is typed; the options follow by `rows`. */
  onSearch: (text: string) => void
  /** Given, it is asked for all at once when the field gets the focus. */
  searchesOnFocus?: boolean
  onChoose: (key: string) => void
}>

/** One of many, found by what is typed. */
export function SearchPicker<Row>(props: Props<Row>): ReactNode {
  const { rows, keyOf, onSearch, onChoose, searchesOnFocus = false } = props
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const [typed, setTyped] = useState<string | null>(null)
  const search = (text: string): void => {
    setTyped(text)
    combobox.openDropdown()
    combobox.resetSelectedOption()
    onSearch(text)
  }
  const leave = (): void => {
    setTyped(null)
    combobox.closeDropdown()
  }
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={key => {
        leave()
        onChoose(key)
      }}
    >
      <Combobox.Target>
        <TextInput
          id={props.id}
          className={props.className}
          aria-label={props.label}
          placeholder={props.placeholder}
          value={typed ?? props.chosen}
          rightSection={<ChevronsUpDown size={14} aria-hidden />}
          onChange={event => search(event.currentTarget.value)}
          onFocus={() => (searchesOnFocus ? search('') : setTyped(''))} // what is shown may still change, and would undo a selection
          onClick={() => combobox.openDropdown()}
          onBlur={leave}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={props.height} style={{ overflowY: 'auto' }}>
          {rows.map(row => (
            <Combobox.Option key={keyOf(row)} value={keyOf(row)}>
              {props.option(row)}
            </Combobox.Option>
          ))}
          {rows.length === 0 && <Combobox.Empty>{props.empty}</Combobox.Empty>}
        </Combobox.Options>
        {props.footer}
      </Combobox.Dropdown>
    </Combobox>
  )
}
