import { Autocomplete, Select } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { knownWordsOf } from '#schema/known-words'
import type { TableName } from '#schema/tables'
import { useImports } from '../../state/imports.ts'
import { edit } from '../../state/mapping-board.ts'
import { fieldsOf, meaningOf, normalName, setValue } from '../../state/mapping-edits.ts'
import type { Line } from '../../state/mapping-lines.ts'
import type { BoardFile } from '../../state/mapping-rows.ts'
import { count, counted } from '../../ui/format.ts'

type Value = Readonly<{ value: string; count: number; isFault?: true | undefined }>
type Props = Readonly<{ file: BoardFile; line: Line; values: readonly Value[] }>

const SHOWN = 60
/** Words of roles that are offered. */
const ROLES = ['owner', 'admin', 'manager', 'member', 'viewer']
const WORDS: Readonly<Record<string, readonly string[]>> = { 'users.product_role': ROLES, 'memberships.role': ROLES }
const FREE: ReadonlySet<string> = new Set([
  'plan',
  'plan_tier',
  'stage',
  'lifecycle_stage',
  'event_name',
  'icp_fit_tier',
])

/** The values with how often they occur, and what each stands for; those that stand for nothing known first. */
export function ValueMap({ file, line, values }: Props): ReactNode {
  const isFixed = useImports(state => state.phase !== 'planned')
  const known = knownValues(line.table, line.field ?? '')
  const open = (value: Value): boolean => isOpen(line, known, value)
  const sorted = values.toSorted((a, b) => Number(open(b)) - Number(open(a)) || b.count - a.count)
  const unknown = sorted.filter(open).length
  return (
    <section className="board-detail__part">
      <h3 className="section-title">
        Values
        {unknown > 0 && (
          <span className="board-values__open"> · {counted(unknown, 'stands', 'stand')} for nothing known</span>
        )}
      </h3>
      <table className="board-values" aria-label={`Values of ${line.header ?? line.field ?? ''}`}>
        <thead>
          <tr>
            <th scope="col">In the file</th>
            <th scope="col" className="number">
              Rows
            </th>
            <th scope="col">Stands for</th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, SHOWN).map(({ value, count: times, isFault }) => (
            <tr key={value} className={open({ value, count: times, isFault }) ? 'is-open' : undefined}>
              <th scope="row" className="clip" title={value}>
                {value === '' ? <span className="muted">empty</span> : value}
              </th>
              <td className="number">{count(times)}</td>
              <td>
                <Target
                  file={file}
                  line={line}
                  value={value}
                  isFault={isFault === true}
                  known={known}
                  isFixed={isFixed}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > SHOWN && <p className="muted">and {count(sorted.length - SHOWN)} more</p>}
    </section>
  )
}

/** A word for yes or no is known where it can be read, in whatever language; a value of a list where it is on it. */
function isOpen(line: Line, known: readonly string[], { value, isFault }: Value): boolean {
  const meaning = meaningOf(line.mapped, value)
  if (line.type === 'boolean') return meaning === null ? isFault === true : !isYesOrNo(meaning)
  const said = meaning ?? value
  const words = wordsOf(line)
  return words === null ? known.length > 0 && !isKnown(known, said) : said !== '' && words.meaningOf(said) === null
}

/** Words that mean something to the scores, of a field that is free text. */
const wordsOf = ({ table, field }: Line): ReturnType<typeof knownWordsOf> => knownWordsOf(table, field ?? '')

const isYesOrNo = (meaning: string): boolean => meaning === NEITHER || YES_AND_NO.includes(meaning)

/** The values of a column whose values mean something: a list, roles and plans, words that come again. Null: of no other. */
export function mappableValues({ table, field, type, mapped, proof }: Line): readonly Value[] | null {
  const values = proof?.values ?? null
  if (field === null || values === null || values.length === 0) return null
  if (type === 'boolean' && mapped?.values === undefined)
    return proof?.faults.some(({ code }) => code === 'value/not-a-boolean') === true ? values : null
  if (type === 'enum' || mapped?.values !== undefined || knownValues(table, field).length > 0) return values
  return type === 'text' && FREE.has(field) ? values : null
}

/** What a value of a yes/no column can stand for. */
const YES_AND_NO = ['true', 'false']
/** A value that is mapped to nothing is missing. */
const NEITHER = ''
const NO_VALUE = 'neither'
const ANSWERS = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
  { value: NO_VALUE, label: 'Leave empty' },
]

function knownValues(table: TableName, field: string): readonly string[] {
  const column = fieldsOf(table).get(field)
  if (column?.type === 'boolean') return YES_AND_NO
  return column?.values ?? WORDS[`${table}.${field}`] ?? knownWordsOf(table, field)?.meanings ?? []
}

const isKnown = (known: readonly string[], value: string): boolean =>
  known.some(each => normalName(each) === normalName(value))

/** What a word of free text stands for, where that is one of those offered. */
function meaningShown(line: Line, value: string): string | null {
  const words = wordsOf(line)
  const meaning = words?.meaningOf(value) ?? null
  return meaning !== null && words?.meanings.includes(meaning) === true ? meaning : null
}

type TargetProps = Readonly<{
  file: BoardFile
  line: Line
  value: string
  /** Can it not be read as it is? */
  isFault: boolean
  known: readonly string[]
  isFixed: boolean
}>

/** One of the list where the field has one; else any text, the usual ones offered. */
function Target({ file, line, value, isFault, known, isFixed }: TargetProps): ReactNode {
  const { tableNo, field, mapped } = line
  const now = meaningOf(mapped, value)
  const [typed, setTyped] = useState(now ?? '')
  const put = (to: string | null): void => {
    if (field !== null && to !== now) edit(file.plan, mapping => setValue(mapping, { tableNo, field }, value, to))
  }
  const label = `What ${value} stands for`
  if (line.type === 'boolean')
    return (
      <Select
        aria-label={label}
        size="xs"
        placeholder={isFault ? 'Yes or no?' : 'As written'}
        clearable
        withCheckIcon={false}
        disabled={isFixed}
        data={ANSWERS}
        value={now === NEITHER ? NO_VALUE : now}
        onChange={to => put(to === NO_VALUE ? NEITHER : to)}
      />
    )
  const stated = known.find(each => normalName(each) === normalName(value))
  const asWritten = stated ?? meaningShown(line, value) ?? 'As written'
  if (line.type === 'enum')
    return (
      <Select
        aria-label={label}
        placeholder={asWritten}
        clearable
        disabled={isFixed}
        data={[...known]}
        value={now}
        onChange={put}
      />
    )
  return (
    <Autocomplete
      aria-label={label}
      size="xs"
      placeholder={asWritten}
      disabled={isFixed}
      data={[...known]}
      value={typed}
      onChange={setTyped}
      onOptionSubmit={put}
      onBlur={() => put(typed.trim() === '' ? null : typed.trim())}
    />
  )
}
