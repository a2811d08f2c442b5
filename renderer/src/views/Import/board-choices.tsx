import type { ReactNode } from 'react'
import { TABLE_NAMES } from '#schema/tables'
import { mappingOf } from '../../state/mapping-board.ts'
import { fieldsOf, mappingForTable, missingFields, normalName } from '../../state/mapping-edits.ts'
import type { Line, TableLines } from '../../state/mapping-lines.ts'
import type { BoardFile } from '../../state/mapping-rows.ts'
import { counted, words } from '../../ui/format.ts'
import { listRead, TYPES, tableWords } from './board-words.ts'
import type { Choice } from './ChoiceList.tsx'

/** What a column can be: fields that are free and called alike first, needed ones marked; custom field; left out. */
export function fieldChoices(table: TableLines, line: Line): readonly Choice[] {
  const takers = new Map(table.lines.flatMap(other => (other.field === null ? [] : [[other.field, other] as const])))
  const fields = [...fieldsOf(table.table)].map(([field, { type, required }]) => {
    const taker = takers.get(field)
    const isNow = taker !== undefined && taker.id === line.id
    return {
      field,
      type,
      isNow,
      taker: isNow ? null : (taker ?? null),
      isNeeded: required === true && taker === undefined,
    }
  })
  const alike = new Map(fields.map(({ field }) => [field, likeness(line.header ?? '', field)]))
  const rank = (field: (typeof fields)[number]): number =>
    field.isNow ? 0 : field.taker !== null ? 4 : (alike.get(field.field) ?? 0) > 0 ? 1 : field.isNeeded ? 2 : 3
  const sorted = fields.toSorted(
    (a, b) => rank(a) - rank(b) || (rank(a) === 1 ? (alike.get(b.field) ?? 0) - (alike.get(a.field) ?? 0) : 0),
  )
  const heads: Readonly<Record<number, string>> = {
    1: 'Called alike',
    2: 'Needed',
    3: 'Free',
    4: 'Filled by another column',
  }
  const choices = sorted.map((field, place): Choice => {
    const before = sorted[place - 1]
    const isFirst = before === undefined || rank(before) !== rank(field)
    const group = isFirst ? heads[rank(field)] : undefined
    return {
      id: `field:${field.field}`,
      label: <code>{field.field}</code>,
      text: `${field.field} ${words(field.field)}`,
      hint: field.taker === null ? TYPES[field.type] : `from ${field.taker.header ?? 'a constant'}`,
      ...(field.isNow ? { mark: 'now' as const } : field.isNeeded ? { mark: 'needed' as const } : {}),
      ...(group === undefined ? {} : { group }),
    }
  })
  return line.header === null ? choices : [...choices, ...asideChoices(line)]
}

function asideChoices(line: Line): readonly Choice[] {
  return [
    {
      id: 'custom',
      label: 'Keep as custom field',
      text: 'keep as custom field',
      hint: 'shown and exported',
      group: 'No field',
      isAlways: true,
      ...(line.use === 'custom' ? { mark: 'now' as const } : {}),
    },
    {
      id: 'drop',
      label: 'Leave out',
      text: 'leave out drop',
      hint: 'not read',
      isAlways: true,
      ...(line.use === 'dropped' ? { mark: 'now' as const } : {}),
    },
  ]
}

/** 0: nothing in common; else the share of words that header and field have in common. */
function likeness(header: string, field: string): number {
  if (normalName(header) === normalName(field)) return 2
  const ours = wordsOf(field)
  const theirs = wordsOf(header)
  const common = ours.filter(word => theirs.some(other => other === word || stem(other) === stem(word))).length
  return common === 0 ? 0 : common / Math.max(ours.length, theirs.length)
}

const WEAK: ReadonlySet<string> = new Set(['id', 'at', 'is', 'of', 'the', 'user', 'workspace', 'date'])

const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '' && !WEAK.has(word))

const stem = (word: string): string => (word.length > 4 ? word.slice(0, 5) : word)

/** Tables that a file can feed, with what each would lack. */
function tableChoices({ plan, entry }: BoardFile): readonly Choice[] {
  const headers = plan.columns.map(({ header }) => header)
  const now = mappingOf(plan, entry)?.tables[0]?.table ?? null
  const fitted = TABLE_NAMES.map(table => {
    const own = mappingOf(plan, { ...entry, edited: null })
    const mapping = table === plan.table && own !== null ? own : mappingForTable(table, plan)
    const [first] = mapping.tables
    const lacks = first === undefined ? [] : missingFields(first)
    return { table, lacks, known: first?.fields.length ?? 0 }
  })
  const sorted = fitted.toSorted(
    (a, b) => Number(b.table === now) - Number(a.table === now) || a.lacks.length - b.lacks.length || b.known - a.known,
  )
  return sorted.map(({ table, lacks, known }): Choice => {
    const hint: ReactNode = lacks.length > 0 ? `lacks ${lacks.join(', ')}` : `${known} of ${headers.length} columns`
    return {
      id: table,
      label: tableWords(table),
      text: words(table),
      hint,
      ...(table === now ? { mark: 'now' as const } : {}),
    }
  })
}

/** Lists of a JSON document that could be read, then the tables that what is read can feed. */
export function fileChoices(file: BoardFile): readonly Choice[] {
  const { lists = [] } = file.plan
  const read = listRead(file.plan)
  const ofLists = lists.map(
    ({ path, records, line }, place): Choice => ({
      id: `list:${path}`,
      label: <code>{path}</code>,
      text: `list ${path}`,
      hint: `${counted(records, 'record')}, line ${line}`,
      ...(place === 0 ? { group: 'Read the list' } : {}),
      ...(path === read ? { mark: 'now' as const } : {}),
    }),
  )
  // The document around its lists is no row of a table.
  const tables = ofLists.length > 0 && read === null ? [] : tableChoices(file)
  const [first, ...others] = tables
  if (ofLists.length === 0 || first === undefined) return [...ofLists, ...tables]
  return [...ofLists, { ...first, group: 'As the table' }, ...others]
}

/** Columns of a file that could fill a field. */
export function headerChoices({ plan, tables }: BoardFile, tableNo: number, field: string): readonly Choice[] {
  const takers = new Map((tables[tableNo]?.lines ?? []).map(line => [line.header, line.field]))
  const free = plan.columns.filter(({ match }) => match !== 'secret')
  return free
    .toSorted((a, b) => likeness(b.header, field) - likeness(a.header, field))
    .map(({ header, samples }): Choice => {
      const taker = takers.get(header) ?? null
      const hint = taker === null ? samples.filter(Boolean).slice(0, 2).join(', ') : `fills ${taker}`
      return { id: `header:${header}`, label: <code>{header}</code>, text: header, hint }
    })
}
