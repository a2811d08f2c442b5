import type { Client, Input, MethodName, Output } from '#contract/contract'
import { AppError } from '#lib/errors'

type Part<M extends MethodName> = Pick<Client, M>
type Group = Output<'held.groups'>['groups'][number]
type Entry = Output<'held.rows'>['rows'][number]
type Change = Input<'held.fix'>['change']
type Outcome = Output<'held.preview'>
type Held = Readonly<{
  group: Omit<Group, 'count' | 'example' | 'state'>
  state: Group['state'] | 'fixed'
  entry: Entry
}>

const DATES = ['dmy', 'mdy', 'excel', 'epoch_s', 'epoch_ms', 'epoch_us', 'epoch_ns'] as const
const USERS = ['user_id', 'primary_email', 'name', 'created_at', 'product_role', 'Favourite colour']
const NAMES = ['Ana Costa', 'Jonas Berg', 'Nguyễn Trang', 'Sam Okafor', 'Léa Martin']

const rule = (
  importId: number,
  code: string,
  column: string,
  fixes: Group['fixes'],
  message: string,
): Omit<Group, 'count' | 'example' | 'state'> => ({
  supersededBy: [],
  importId,
  code,
  column,
  fixes,
  readings: fixes.includes('read') ? [...DATES] : [],
  message,
})

const RULES = {
  dates: rule(
    1,
    'value/impossible-date',
    'created_at',
    ['read', 'pattern', 'replace', 'empty', 'set', 'leave-out'],
    'Line 88, created_at: "31/12/2026" does not exist in the calendar or on the clock. Correct it or leave it empty.',
  ),
  ids: rule(
    1,
    'value/missing',
    'user_id',
    ['set', 'leave-out'],
    'Line 412, user_id: the cell is empty, and every row of users needs one. Fill it in or remove the row.',
  ),
  fields: rule(
    1,
    'row/too-few-fields',
    '',
    ['pad', 'leave-out'],
    'Line 900: the record has fewer fields than the header. Add the missing fields, empty ones too.',
  ),
  times: rule(
    5,
    'value/not-a-time',
    'timestamp',
    ['read', 'pattern', 'replace', 'set', 'leave-out'],
    'Line 51, timestamp: "yesterday" is not a time. Write it as 2026-05-31 or 2026-05-31T12:00:00Z, the year with four digits.',
  ),
  texts: {
    ...rule(5, 'row/not-json', '', ['leave-out'], 'Line 70: the record is not valid JSON at character 12.'),
    supersededBy: [9] as number[],
  },
} as const

/** Was replaced in import 3 before. */
const KNOWN = '30/12/2026'

const FILES = new Map([
  [1, { file: 'users.csv', table: 'users' as const, columns: USERS }],
  [
    5,
    {
      file: 'events.jsonl.gz',
      table: 'events' as const,
      columns: ['event_id', 'event_name', 'timestamp', 'workspace_id', 'user_id'],
    },
  ],
])

function entry(heldId: number, line: number, by: Held['group'], cells: readonly string[], value: string): Entry {
  const message = by.message.replace(/^Line \d+/, `Line ${line}`).replace(/"[^"]*"/, `"${value}"`)
  const isSound = by.column !== '' || !by.code.startsWith('row/')
  return {
    heldId,
    line,
    column: by.column,
    value,
    code: by.code,
    message,
    cells: [...cells],
    isSound,
    text: cells.join(','),
    edited: [],
  }
}

function heldRows(): Held[] {
  const day = (i: number): string => `${31 - (i % 4)}/12/2026`
  const user = (i: number, date: string): string[] => [
    `u_${10_023 + i}`,
    `person${i}@example.com`,
    NAMES[i % NAMES.length] ?? '',
    date,
    i % 3 === 0 ? 'admin' : 'member',
    'teal',
  ]
  const rows: Held[] = []
  const add = (group: Held['group'], line: number, cells: readonly string[], value: string): void => {
    rows.push({ group, state: 'held', entry: entry(rows.length + 1, line, group, cells, value) })
  }
  for (let i = 0; i < 24; i++) add(RULES.dates, 88 + 37 * i, user(i, day(i)), day(i))
  for (let i = 0; i < 3; i++) add(RULES.ids, 412 + 90 * i, ['', ...user(i, '2026-05-02').slice(1)], '')
  add(RULES.fields, 900, ['u_20001', 'short@example.com'], '')
  for (let i = 0; i < 116; i++)
    add(RULES.times, 51 + 13 * i, [`e${i}`, 'login', 'yesterday', `ws_${i % 7}`, `u_${i}`], 'yesterday')
  rows.push({ group: RULES.texts, state: 'superseded', entry: entry(rows.length + 1, 70, RULES.texts, ['{"a":'], '') })
  return rows
}

function knownOf(rows: readonly Held[]): Output<'held.known'>['fixes'] {
  const count = rows.filter(({ state, entry: row }) => state === 'held' && row.value === KNOWN).length
  if (count === 0) return []
  const { importId, code, column } = RULES.dates
  const fix = { kind: 'replace' as const, value: KNOWN, to: '2026-12-30' }
  return [
    { importId, code, column, effect: 'judge', rows: count, answers: [{ value: KNOWN, fix, from: 3, rows: count }] },
  ]
}

/** Held rows that can be fixed: `read` as day-month-year and any new text load. */
export function heldHandlers(isImported: boolean): Part<Extract<MethodName, `held.${string}`>> {
  let rows = isImported ? heldRows() : []
  const undone = new Map<number, Held[]>()
  let fixes = 0
  const inGroup = (
    held: Held,
    change: Readonly<{ importId: number; code?: string | undefined; column?: string | undefined }>,
  ): boolean =>
    held.group.importId === change.importId &&
    (change.code === undefined || held.group.code === change.code) &&
    (change.column === undefined || held.group.column === change.column)
  const fix = (change: Change): Output<'held.fix'> => {
    const fixId = ++fixes
    undone.set(fixId, rows)
    const next = rows.map(held => ({ held, state: stateAfter(held, change) }))
    rows = next.map(({ held, state }) => ({ ...held, state }))
    const outcome = outcomeOf(undone.get(fixId) ?? [], change)
    return {
      outcome,
      done: [
        {
          fixId,
          importId: null,
          originId: change.importId,
          file: 'users.csv',
          loaded: outcome.loads,
          same: 0,
          skipped: 0,
        },
      ],
    }
  }
  return {
    'held.groups': async ({ importId }) => ({
      groups: groupsOf(rows.filter(held => importId === undefined || held.group.importId === importId)),
      imports: [...FILES].flatMap(([id, { file, table }]) => {
        const mine = rows.filter(held => held.group.importId === id)
        const of = (state: Held['state']): number => mine.filter(held => held.state === state).length
        if (mine.length === 0 || (importId !== undefined && importId !== id)) return []
        const [held, leftOut] = [of('held'), of('left-out')]
        return [
          {
            importId: id,
            file,
            table,
            importedAt: Date.UTC(2026, 5, id),
            held,
            leftOut,
            fixed: of('fixed'),
            superseded: of('superseded'),
          },
        ]
      }),
      records: rows.filter(
        held => held.state === 'held' && (importId === undefined || held.group.importId === importId),
      ).length,
    }),
    'held.known': async () => ({ fixes: knownOf(rows) }),
    'held.rows': async ({ after, limit, state = 'held', ...filter }) => {
      const found = rows.filter(held => inGroup(held, filter) && held.state === state).map(held => held.entry)
      const columns = (FILES.get(filter.importId)?.columns ?? []).map(header => ({
        header,
        column: header,
        isSecret: false,
      }))
      const faultAt = columns.findIndex(({ header }) => header === filter.column)
      return {
        columns,
        faultAt: faultAt < 0 ? null : faultAt,
        rows: found.filter(({ heldId }) => heldId > after).slice(0, limit),
        total: found.length,
      }
    },
    'held.values': async ({ limit, ...filter }) => {
      const counts = new Map<string, number>()
      for (const held of rows)
        if (inGroup(held, filter)) counts.set(held.entry.value, (counts.get(held.entry.value) ?? 0) + 1)
      const values = [...counts].map(([value, count]) => ({ value, count }))
      return { values: values.slice(0, limit), distinct: values.length }
    },
    'held.preview': async ({ change }) => outcomeOf(rows, change),
    'held.fix': async ({ change }) => fix(change),
    'held.undo': async ({ fixId }) => {
      rows = undone.get(fixId) ?? rows
      return { wasInForce: undone.delete(fixId) }
    },
    'held.export': async () => ({ rows: rows.length, bytes: 4711, cellsMadeHarmless: 0 }),
    'held.recognise': async ({ sources }) => ({ sources: sources.filter(source => source.includes('held')) }),
    'held.load': async ({ source, dryRun, encoding }) => {
      if (source.includes('excel') && encoding !== 'windows-1252') throw askedEncoding()
      return {
        file: 'held_rows.csv',
        rows: 28,
        corrected: 2,
        untouched: 26,
        notHeld: 0,
        repeated: 0,
        broken: 0,
        lines: [],
        ignoredColumns: [],
        outcome: { ...NOTHING, rows: 2, loads: 2 },
        done:
          dryRun === true
            ? []
            : [{ fixId: 99, importId: 12, originId: 1, file: 'users.csv', loaded: 2, same: 0, skipped: 0 }],
      }
    },
  }

  function outcomeOf(all: readonly Held[], change: Change): Outcome {
    const meant = all.filter(held => isMeant(held, change))
    const states = meant.map(held => ({ held, state: stateAfter(held, change) }))
    const count = (state: Held['state']): number => states.filter(each => each.state === state).length
    const isBack = 'fix' in change && change.fix.kind === 'take-back'
    const holds = isBack ? 0 : count('held')
    return {
      ...NOTHING,
      rows: meant.length,
      loads: count('fixed'),
      holds,
      leftOut: count('left-out'),
      takenBack: isBack ? meant.length : 0,
      rules:
        holds === 0 ? [] : [{ code: 'value/not-a-time', column: 'created_at', count: holds, message: 'Not a time.' }],
      samples: states.slice(0, 5).map(({ held: { entry: row }, state }) => ({
        line: row.line,
        before: row.value,
        after: state === 'fixed' ? row.value.split('/').toReversed().join('-') : null,
        message: state === 'held' ? row.message : null,
      })),
      verdicts: change.kind === 'edits' ? states.map(({ held, state }) => verdictOf(held, state)) : [],
    }
  }

  function isMeant(held: Held, change: Change): boolean {
    if (change.kind === 'rule') {
      const state = change.fix.kind === 'take-back' ? 'left-out' : 'held'
      return inGroup(held, change) && held.state === state
    }
    if (change.kind === 'known') return inGroup(held, change) && held.state === 'held' && held.entry.value === KNOWN
    const ids = change.kind === 'rows' ? change.heldIds : change.edits.map(edit => edit.heldId)
    return ids.includes(held.entry.heldId)
  }

  function stateAfter(held: Held, change: Change): Held['state'] {
    if (!isMeant(held, change)) return held.state
    if (change.kind === 'edits') {
      const edit = change.edits.find(({ heldId }) => heldId === held.entry.heldId)
      return Object.values(edit?.cells ?? { text: edit?.record ?? '' }).includes('bad') ? 'held' : 'fixed'
    }
    if (change.kind === 'known') return 'fixed'
    return STATES[change.fix.kind]?.(held.entry.value, change.fix) ?? 'fixed'
  }
}

type Fix = Extract<Change, { kind: 'rule' }>['fix']

/** What a row with a value comes to; `fixed` by the other fixes. */
const STATES: Partial<Record<Fix['kind'], (value: string, fix: Fix) => Held['state']>> = {
  'leave-out': () => 'left-out',
  'take-back': () => 'held',
  read: (value, fix) => (fix.kind === 'read' && fix.as === 'dmy' && value.includes('/') ? 'fixed' : 'held'),
  replace: (value, fix) => (fix.kind === 'replace' && fix.value === value ? 'fixed' : 'held'),
}

const NOTHING: Outcome = {
  rows: 0,
  loads: 0,
  skips: 0,
  skipsBy: { blank: 0, otherTable: 0, known: 0 },
  holds: 0,
  unaffected: 0,
  leftOut: 0,
  takenBack: 0,
  rules: [],
  samples: [],
  verdicts: [],
}

function verdictOf({ entry: { heldId, column, message } }: Held, state: Held['state']): Outcome['verdicts'][number] {
  return { heldId, column: state === 'held' ? column : '', message: state === 'held' ? message : null }
}

function groupsOf(rows: readonly Held[]): Group[] {
  const groups = new Map<string, Group>()
  for (const { group, state, entry: row } of rows) {
    if (state === 'fixed') continue
    const key = `${group.importId} ${state} ${group.code} ${group.column}`
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { ...group, state, count: 1, example: row.value })
    else known.count += 1
  }
  return [...groups.values()]
}

function askedEncoding(): AppError {
  return new AppError('import/ambiguous', 'held_excel.csv is not UTF-8', {
    file: 'held_excel.csv',
    flag: '--encoding',
    suggestion: 'windows-1252',
    samples: 'Zoé',
  })
}
