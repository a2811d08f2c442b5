import { Checkbox, Select, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { ColumnSettings as Settings } from '#schema/mapping'
import { useImports } from '../../state/imports.ts'
import { edit } from '../../state/mapping-board.ts'
import { setSettings } from '../../state/mapping-edits.ts'
import type { Line } from '../../state/mapping-lines.ts'
import type { BoardFile } from '../../state/mapping-rows.ts'
import { Segments } from './Segments.tsx'
import { timeZones } from './time-zones.ts'

type Props = Readonly<{ file: BoardFile; line: Line }>
type Change = (settings: { readonly [K in keyof Settings]: Settings[K] | undefined }) => void
type PartProps = Readonly<{ line: Line; change: Change; isFixed: boolean }>

/** How the texts of a column become values, where its type leaves a choice. */
export function ColumnSettings({ file, line }: Props): ReactNode {
  const isFixed = useImports(state => state.phase !== 'planned')
  const { tableNo, field, type } = line
  if (field === null || !HAS_SETTINGS.has(type)) return null
  const change: Change = settings => edit(file.plan, mapping => setSettings(mapping, { tableNo, field }, settings))
  return (
    <section className="board-detail__part board-settings">
      <h3 className="section-title">How it is read</h3>
      {type === 'moment' && <TimeSettings line={line} change={change} isFixed={isFixed} />}
      {type !== 'moment' && <DecimalMark line={line} change={change} isFixed={isFixed} />}
      {type === 'money' && <AmountOf line={line} change={change} isFixed={isFixed} />}
    </section>
  )
}

const HAS_SETTINGS: ReadonlySet<string> = new Set(['moment', 'number', 'integer', 'money'])
const PROVEN = 'proven'

function TimeSettings({ line, change, isFixed }: PartProps): ReactNode {
  const { mapped } = line
  const [pattern, setPattern] = useState(mapped?.dateFormat ?? '')
  const commit = (): void => {
    const dateFormat = pattern.trim() === '' ? undefined : pattern.trim()
    if (dateFormat !== mapped?.dateFormat) change({ dateFormat })
  }
  return (
    <>
      <Segments
        label="Order of numeric dates"
        value={mapped?.dateOrder ?? PROVEN}
        isFixed={isFixed}
        data={[
          { value: PROVEN, label: line.question === null ? 'As proven' : 'Open' },
          { value: 'dmy', label: 'Day first' },
          { value: 'mdy', label: 'Month first' },
          { value: 'ymd', label: 'Year first' },
        ]}
        onChange={value =>
          change({ dateOrder: value === 'dmy' || value === 'mdy' || value === 'ymd' ? value : undefined })
        }
      />
      <TextInput
        label="Pattern"
        description="Where the column has its own, such as DD/MM/YY HH:mm; excel for day numbers"
        placeholder="As proven"
        disabled={isFixed}
        value={pattern}
        onChange={event => setPattern(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={event => {
          if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) commit()
        }}
      />
      <Select
        label="Time zone of times that name none"
        placeholder="UTC"
        searchable
        clearable
        disabled={isFixed}
        limit={60}
        data={[...timeZones()]}
        value={mapped?.timeZone ?? null}
        onChange={zone => change({ timeZone: zone ?? undefined })}
      />
    </>
  )
}

function DecimalMark({ line, change, isFixed }: PartProps): ReactNode {
  return (
    <Segments
      label="Decimal mark"
      value={line.mapped?.decimal ?? PROVEN}
      isFixed={isFixed}
      data={[
        { value: PROVEN, label: line.question === null ? 'As proven' : 'Open' },
        { value: '.', label: '1,234.5' },
        { value: ',', label: '1.234,5' },
      ]}
      onChange={value => change({ decimal: value === '.' || value === ',' ? value : undefined })}
    />
  )
}

const AMOUNTS = [
  ['minor', 'Cents, or what the currency has instead'],
  ['period', 'For a whole billing period, not a month'],
  ['seat', 'For one seat'],
] as const

function AmountOf({ line, change, isFixed }: PartProps): ReactNode {
  const chosen = line.mapped?.amountOf ?? []
  return (
    <Checkbox.Group
      label="The amount is"
      value={[...chosen]}
      onChange={value => {
        const amountOf = AMOUNTS.map(([name]) => name).filter(name => value.includes(name))
        change({ amountOf: amountOf.length === 0 ? undefined : amountOf })
      }}
    >
      {AMOUNTS.map(([name, label]) => (
        <Checkbox key={name} size="xs" value={name} label={label} disabled={isFixed} mt={6} />
      ))}
    </Checkbox.Group>
  )
}
