import { expect, test } from 'vitest'
import type { BoardEntry } from '../../../renderer/src/state/mapping-board.ts'
import { keyOf } from '../../../renderer/src/state/mapping-board.ts'
import { assign, setAside, setSettings } from '../../../renderer/src/state/mapping-edits.ts'
import { asksOf } from '../../../renderer/src/state/mapping-lines.ts'
import { boardFiles, boardRows, doubtOf, knownHeaders } from '../../../renderer/src/state/mapping-rows.ts'
import { doubtfulPlan, fakePlan, fakeProof, type Plan } from '../support/fake-board.ts'

const read = (plan: Plan, edited: BoardEntry['edited'] = null): BoardEntry => ({
  edited,
  reading: { status: 'ready' },
  proof: fakeProof(plan, edited ?? undefined),
})
const waiting: BoardEntry = { edited: null, reading: { status: 'waiting' }, proof: null }
const mapping = doubtfulPlan.mapping
if (mapping === undefined) throw new Error('the doubtful file has a mapping')

/** Kinds of rows with what tells them apart, indented by their level. */
function told(plan: Plan, entry: BoardEntry, opened: Readonly<Record<string, boolean>> = {}): readonly string[] {
  const files = boardFiles([plan], { [keyOf(plan)]: entry })
  return boardRows(files, opened).map(row => {
    const name =
      row.kind === 'column'
        ? `${row.line.header} > ${row.line.field ?? row.line.use}`
        : row.kind === 'ask'
          ? row.ask.kind
          : row.kind === 'fault'
            ? row.fault.code
            : row.kind === 'fold'
              ? `${row.group} ${row.lines.length}`
              : ''
    return `${'  '.repeat(row.level - 1)}${row.kind} ${name}`.trimEnd()
  })
}

test('doubtful columns are open with what they ask, the others are folded away', () => {
  expect(told(doubtfulPlan, read(doubtfulPlan))).toEqual([
    'file',
    '  column deal_id > deal_id',
    '    fault value/rounded-number',
    '  column value > amount',
    '    ask reading',
    '  column created > created_at',
    '    ask reading',
    '  column closed > closed_at',
    '    ask reading',
    '  fold sure 1',
    '  fold custom 1',
    '  fold left-out 1',
  ])
})

test('a column whose values are mapped by hand stays in sight when all of them are known', () => {
  const opened = setSettings(mapping, { tableNo: 0, field: 'status' }, { values: { Paused: 'open' } })
  const entry: BoardEntry = { ...read(doubtfulPlan, opened), proof: fakeProof(doubtfulPlan, opened) }
  expect(told(doubtfulPlan, entry)).toContain('  column status > status')
  expect(told(doubtfulPlan, read(doubtfulPlan))).not.toContain('  column status > status')
})

test('until a file was read to its end, nothing unfolds by itself', () => {
  expect(told(doubtfulPlan, waiting)).toEqual(['file'])
})

test('a file of which every column is known by name stays folded', () => {
  const plan = fakePlan({
    file: 'users.csv',
    table: 'users',
    reason: '',
    columns: [{ header: 'User ID', column: 'user_id', match: 'exact', type: 'id', samples: [] }],
  })
  expect(told(plan, read(plan))).toEqual(['file'])
  expect(told(plan, read(plan), { [keyOf(plan)]: true })).toEqual(['file', '  fold sure 1'])
})

test('an answer is enough: the question goes before the file is read again', () => {
  const answered = setSettings(mapping, { tableNo: 0, field: 'amount' }, { decimal: '.' })
  const entry: BoardEntry = { ...read(doubtfulPlan), edited: answered, reading: { status: 'waiting' } }
  const fields = asksOf(doubtfulPlan, entry).map(ask => (ask.kind === 'reading' ? ask.question.field : ask.kind))
  expect(fields).toEqual(['created_at', 'closed_at'])
})

test('what the proof took for the time being is no answer', () => {
  const taken = setSettings(mapping, { tableNo: 0, field: 'amount' }, { decimal: '.' })
  const proof = { ...fakeProof(doubtfulPlan), mapping: taken }
  expect(asksOf(doubtfulPlan, { edited: null, reading: { status: 'ready' }, proof })).toHaveLength(3)
})

test('a column that loses its field stays in sight, and a needed field that nothing fills is asked for', () => {
  const without = setAside(mapping, 0, 'deal_id', { before: 'deal_id', isKept: true })
  const entry: BoardEntry = { edited: without, reading: { status: 'held-back' }, proof: null }
  expect(told(doubtfulPlan, entry).slice(0, 3)).toEqual(['file', '  ask missing', '  column deal_id > custom'])
})

test('a line keeps its name when it comes to fill another field', () => {
  const idOf = (entry: BoardEntry): string | undefined =>
    boardRows(boardFiles([doubtfulPlan], { [keyOf(doubtfulPlan)]: entry }), { 'token-deals.csv|0|custom': true }).find(
      row => row.kind === 'column' && row.line.header === 'Customer',
    )?.id
  const moved = assign(mapping, { tableNo: 0, field: 'account_id' }, 'Customer', null)
  expect(idOf(read(doubtfulPlan, moved))).toBe(idOf(read(doubtfulPlan)))
})

test('more than half held is asked about, as an import would stop', () => {
  const proof = fakeProof(doubtfulPlan)
  const held = proof.tables.map(table => ({ ...table, questions: [], held: 700, readable: 504 }))
  const entry: BoardEntry = { edited: null, reading: { status: 'ready' }, proof: { ...proof, tables: held } }
  expect(asksOf(doubtfulPlan, entry)).toEqual([{ kind: 'mostly-held', tableNo: 0, held: 700, read: 1204 }])
})

test('an encoding that has to be told is a question of the file', () => {
  const entry: BoardEntry = {
    edited: null,
    proof: null,
    reading: {
      status: 'failed',
      code: 'import/ambiguous',
      message: 'not UTF-8',
      readings: [{ encoding: 'windows-1252', samples: 'Zoé' }],
    },
  }
  expect(asksOf(doubtfulPlan, entry)).toEqual([
    { kind: 'encoding', readings: [{ encoding: 'windows-1252', samples: 'Zoé' }] },
  ])
})

const consent = {
  code: 'note/consent',
  column: 'opted_out',
  count: 1,
  lines: [],
  message: '"newsletter" looks like who may be written to',
}

test('a note on consent is shown, opens its file and takes its green check', () => {
  const proof = fakeProof(doubtfulPlan)
  const entry: BoardEntry = {
    ...read(doubtfulPlan),
    proof: { ...proof, tables: proof.tables.map(table => ({ ...table, notes: [consent] })) },
  }
  expect(told(doubtfulPlan, entry)).toContain('  note')
  const [file] = boardFiles([doubtfulPlan], { [keyOf(doubtfulPlan)]: entry })
  expect(file === undefined ? null : doubtOf(file)).toEqual({ short: 'consent not read', full: consent.message })
})

test.each([
  { why: 'known by few headers', by: 'headers', score: 0.4, want: 'few headers known' },
  { why: 'known by most headers', by: 'headers', score: 0.6, want: undefined },
  { why: 'known by its kind', by: 'preset', score: 0.4, want: undefined },
] as const)('whether a file is doubted: $why', ({ by, score, want }) => {
  const recognition = { by, score, matched: [], missing: [], doubts: [], runnerUp: null }
  const plan: Plan = { ...doubtfulPlan, recognition }
  const [file] = boardFiles([plan], { [keyOf(plan)]: read(plan) })
  expect(file === undefined ? null : doubtOf(file)?.short).toBe(want)
})

test('known headers are counted as they are mapped now', () => {
  const [before] = boardFiles([doubtfulPlan], { [keyOf(doubtfulPlan)]: read(doubtfulPlan) })
  const edited = setAside(mapping, 0, 'value', { before: 'amount', isKept: true })
  const [after] = boardFiles([doubtfulPlan], { [keyOf(doubtfulPlan)]: read(doubtfulPlan, edited) })
  if (before === undefined || after === undefined) throw new Error('a file has its row')
  expect(knownHeaders(after)).toBe(knownHeaders(before) - 1)
})
