import { describe, expect, test } from 'vitest'
import { finish } from '#lib/steps'
import { heldTotals, publishInSteps, stagedEventKeys, transaction } from '#store'
import { startProject, type TestEngine, withFile } from './support/engine.ts'
import { groups } from './support/held.ts'

const HEADER = 'account_id,name,employee_count\n'
const GOOD = Array.from({ length: 20 }, (_, i) => `g${i},Good ${i},${i + 1}\n`).join('')
const DATA = { code: 'value/not-a-number', column: 'employee_count' }
/** Three rows held by one rule, one of them without a key, and one that has too few fields. */
const FIRST = `${HEADER}${GOOD}a1,One,51-200\na2,Two,51-200\na3,Three,11-50\nbroken\n`
const WEEK = (name: string, content: string) => ({ name: `${name}/accounts.csv`, content })

async function take(engine: TestEngine, name: string, content: string): Promise<number> {
  const file = WEEK(name, content)
  const { files } = await engine.client['import.run']({ sources: [engine.write(file.name, file.content)] })
  return files[0]?.importId ?? 0
}

async function totals({ client }: TestEngine): Promise<readonly string[]> {
  const { imports } = await client['held.groups']({})
  return imports.map(
    ({ importId, held, leftOut, fixed, superseded }) => `${importId}: ${held} ${leftOut} ${fixed} ${superseded}`,
  )
}

describe('held rows that a newer export of the same source has again', () => {
  test('are superseded where they are held again: by key, or by bytes where there is none', async () => {
    const engine = await startProject()
    const older = await take(engine, '1', FIRST)
    const newer = await take(engine, '2', `${HEADER}${GOOD}a1,One more,51-200\na3,Three,11-50\nbroken\ng20,Good 20,7\n`)
    expect(await totals(engine)).toEqual([`${older}: 1 0 0 3`, `${newer}: 3 0 0 0`])
    expect(await groups(engine)).toEqual([
      'held value/not-a-number employee_count 2',
      'held row/too-few-fields 1',
      'held value/not-a-number employee_count 1',
      'superseded value/not-a-number employee_count 2',
      'superseded row/too-few-fields 1',
    ])
    const { groups: found, records } = await engine.client['held.groups']({})
    expect(records).toBe(4)
    expect(found.filter(({ state }) => state === 'superseded').map(({ supersededBy }) => supersededBy)).toEqual([
      [newer],
      [newer],
    ])
    const page = await engine.client['held.rows']({ importId: older, state: 'superseded', after: 0, limit: 9 })
    expect(page.rows.map(({ line }) => line)).toEqual([22, 24, 25])
    const { imports } = await engine.client['import.list']({})
    expect(imports.find(({ importId }) => importId === older)).toMatchObject({
      held: 4,
      heldNow: { held: 1, leftOut: 0, fixed: 0, superseded: 3 },
    })
    expect(await engine.client['project.summary']({})).toMatchObject({ held: 4 })
  })

  test('wait on where the newer import leaves the row of their record alone', async () => {
    const engine = await startProject()
    await take(engine, '0', `${HEADER}${GOOD}a1,One,10\na2,Two,20\n`)
    const older = await take(engine, '1', `${HEADER}${GOOD}a1,One GmbH,51-200\na2,Two GmbH,51-200\n`)
    const newer = WEEK('2', `${HEADER}${GOOD}a1,One Inc,60\na2,Two,20\n`)
    const source = engine.write(newer.name, newer.content)
    const { files } = await engine.client['import.run']({ sources: [source], mode: 'append' })
    expect(files[0]).toMatchObject({ same: 21, leftAlone: 1 })
    expect(await totals(engine)).toEqual([`${older}: 1 0 0 1`])
    const page = await engine.client['held.rows']({ importId: older, state: 'held', after: 0, limit: 9 })
    expect(page.rows.map(({ line }) => line)).toEqual([22])
  })

  test('are superseded where they are loaded now, and wait again when that is undone', async () => {
    const engine = await startProject()
    const older = await take(engine, '1', FIRST)
    const newer = await take(engine, '2', `${HEADER}${GOOD}a1,One,125\na2,Two,125\n`)
    expect(await totals(engine)).toEqual([`${older}: 2 0 0 2`])
    expect(await engine.client['import.undo']({ importId: newer })).toMatchObject({ heldAgain: 2 })
    expect(await totals(engine)).toEqual([`${older}: 4 0 0 0`])
  })

  test('stay where the newer file is of another source, feeds another table or is a part of the same import', async () => {
    const engine = await startProject()
    const { files } = await engine.client['import.run']({
      sources: [engine.write('a/accounts.csv', FIRST), engine.write('b/accounts.csv', `${FIRST}g30,More,4\n`)],
    })
    const [one = 0, other = 0] = files.map(({ importId }) => importId)
    expect(await totals(engine)).toEqual([`${one}: 4 0 0 0`, `${other}: 4 0 0 0`])
    await engine.client['import.run']({
      sources: [engine.write('crm customers.csv', 'account_id,industry\na1,Retail\na2,Retail\n')],
    })
    expect(await totals(engine)).toEqual([`${one}: 4 0 0 0`, `${other}: 4 0 0 0`])
  })

  test('keep what was done about them: a fix stays a fix, what was left out stays out until it is taken back', async () => {
    const engine = await startProject()
    const older = await take(engine, '1', FIRST)
    const rule = { kind: 'rule', importId: older, code: 'value/not-a-number', column: 'employee_count' } as const
    await engine.client['held.fix']({ change: { ...rule, fix: { kind: 'replace', value: '51-200', to: '125' } } })
    await engine.client['held.fix']({ change: { ...rule, fix: { kind: 'leave-out' } } })
    const newer = await take(engine, '2', `${FIRST}g20,Good 20,7\n`)
    expect(await totals(engine)).toEqual([`${older}: 0 1 2 1`, `${newer}: 4 0 0 0`])
    await engine.client['held.fix']({ change: { ...rule, fix: { kind: 'take-back' } } })
    expect(await totals(engine)).toEqual([`${older}: 0 0 2 2`, `${newer}: 4 0 0 0`])
  })

  test('an event is superseded by its id, a record that is no JSON by its bytes', async () => {
    const engine = await startProject()
    const good = Array.from({ length: 30 }, (_, i) =>
      JSON.stringify({
        event_id: `e${i}`,
        event_name: 'seen',
        timestamp: `2026-05-01T10:00:${10 + i}Z`,
        user_id: 'u1',
      }),
    )
    const bad = (time: string): string =>
      JSON.stringify({ event_id: 'x1', event_name: 'seen', timestamp: time, user_id: 'u1' })
    const file = async (name: string, lines: readonly string[]): Promise<number> => {
      const { files } = await engine.client['import.run']({
        sources: [engine.write(`${name}/events.jsonl`, `${lines.join('\n')}\n`)],
      })
      return files[0]?.importId ?? 0
    }
    const older = await file('1', [...good, bad('soon'), '{"event_id":'])
    expect(await totals(engine)).toEqual([`${older}: 2 0 0 0`])
    const held = await file('2', [...good, bad('later'), '{"event_id":'])
    expect(await totals(engine)).toEqual([`${older}: 0 0 0 2`, `${held}: 2 0 0 0`])
    await engine.client['import.undo']({ importId: held })
    const loaded = await file('3', [...good, bad('2026-05-02T10:00:00Z')])
    expect(await totals(engine)).toEqual([`${older}: 1 0 0 1`])
    await engine.client['import.undo']({ importId: loaded })
    expect(await totals(engine)).toEqual([`${older}: 2 0 0 0`])
  })
})

describe('events of a staged file that older imports hold', () => {
  const lines = (from: number, more: string): string =>
    `event_id,event_name,timestamp,user_id\n${Array.from({ length: 30 }, (_, i) => `e${from + i},seen,2026-05-01T10:00:${10 + i}Z,u1\n`).join('')}${more}`
  const staged = async (first: string) => {
    const engine = await startProject()
    await engine.client['import.run']({ sources: [engine.write('1/events.csv', lines(0, first))] })
    const source = engine.write('2/events.csv', lines(100, 'x1,seen,2026-05-02T10:00:00Z,u1\n'))
    const { batchId } = await engine.client['import.stage']({ sources: [source] })
    await engine.close()
    return { engine, batchId }
  }

  test('are looked up before the transaction, segment by segment; it reads no ids itself', async () => {
    const { engine, batchId } = await staged('x1,seen,soon,u1\nx2,seen,soon,u1\n')
    withFile(engine, ({ db }) => {
      const steps = stagedEventKeys(db, batchId)
      expect(steps.next()).toEqual({ done: false, value: undefined })
      const found = finish(steps)
      expect(found).toEqual([[2, ['["x1"]']]])
      const publish = (eventKeys: typeof found): number => {
        publishInSteps(db, { batchId, importedAt: 0, modeOf: () => 'append', eventKeys, tell: () => undefined })
        return heldTotals(db, 1).held
      }
      const takenBack = (): void => {
        throw new Error(`${publish([[2, []]])} wait`)
      }
      expect(() => transaction(db, takenBack)).toThrow('2 wait')
      expect(transaction(db, () => publish(found))).toBe(1)
    })
  })

  test('are not looked for where no row of the source waits', async () => {
    const { engine, batchId } = await staged('')
    withFile(engine, ({ db }) => {
      expect(stagedEventKeys(db, batchId).next()).toEqual({ done: true, value: [[2, []]] })
    })
  })
})

describe('what was fixed before', () => {
  const rule = (importId: number) =>
    ({ kind: 'rule', importId, code: 'value/not-a-number', column: 'employee_count' }) as const
  const known = (importId: number, effect: 'judge' | 'leave-out' = 'judge') => ({
    ...rule(importId),
    kind: 'known' as const,
    effect,
  })
  const employees = async (engine: TestEngine, key: string): Promise<unknown> => {
    await engine.close()
    return withFile(engine, ({ db }) =>
      db.prepare('SELECT employee_count FROM accounts WHERE account_id = ?').pluck().get(key),
    )
  }

  test('is offered for the same value, never done unasked, and does the same', async () => {
    const engine = await startProject()
    const older = await take(engine, '1', FIRST)
    await engine.client['held.fix']({
      change: { ...rule(older), fix: { kind: 'replace', value: '51-200', to: '125' } },
    })
    expect((await engine.client['held.known']({})).fixes).toEqual([])
    const newer = await take(engine, '2', `${HEADER}${GOOD}a1,One,51-200\na9,Nine,51-200\na3,Three,11-50\n`)
    expect((await engine.client['held.known']({})).fixes).toEqual([
      {
        importId: newer,
        code: 'value/not-a-number',
        column: 'employee_count',
        effect: 'judge',
        rows: 2,
        answers: [{ value: '51-200', fix: { kind: 'replace', value: '51-200', to: '125' }, from: older, rows: 2 }],
      },
    ])
    expect(await totals(engine)).toEqual([`${older}: 1 0 2 1`, `${newer}: 3 0 0 0`])
    expect(await engine.client['held.preview']({ change: known(newer) })).toMatchObject({ rows: 2, loads: 2 })
    const { done } = await engine.client['held.fix']({ change: known(newer) })
    expect(done).toMatchObject([{ originId: newer, loaded: 2 }])
    expect(await totals(engine)).toEqual([`${older}: 1 0 2 1`, `${newer}: 1 0 2 0`])
    await engine.client['import.undo']({ importId: done[0]?.importId ?? 0 })
    expect(await totals(engine)).toEqual([`${older}: 1 0 2 1`, `${newer}: 3 0 0 0`])
    await engine.client['held.fix']({ change: known(newer) })
    expect(await employees(engine, 'a9')).toBe(125)
  })

  test('is not known where the same value was fixed in two ways, but for the very records', async () => {
    const engine = await startProject()
    const older = await take(engine, '1', FIRST)
    const { rows } = await engine.client['held.rows']({ importId: older, ...DATA, after: 0, limit: 9 })
    const texts = ['100', '150', '20']
    const edits = rows.map(({ heldId }, at) => ({ heldId, cells: { 2: texts[at] ?? '' } }))
    await engine.client['held.fix']({ change: { kind: 'edits', importId: older, edits } })
    const newer = await take(engine, '2', `${HEADER}${GOOD}a2,Second,51-200\na9,Nine,51-200\na8,Eight,11-50\n`)
    const [offer, ...others] = (await engine.client['held.known']({})).fixes
    expect(others).toEqual([])
    expect(offer?.answers.map(({ value, fix, rows: count }) => [value, fix, count])).toEqual([
      ['51-200', { kind: 'replace', value: '51-200', to: '150' }, 1],
      ['11-50', { kind: 'replace', value: '11-50', to: '20' }, 1],
    ])
    await engine.client['held.fix']({ change: known(newer) })
    expect(await totals(engine)).toEqual([`${older}: 1 0 3 0`, `${newer}: 1 0 2 0`])
    expect(await employees(engine, 'a2')).toBe(150)
  })

  test('of a key says nothing about other rows with the same value; what was left out, about the same record alone', async () => {
    const engine = await startProject()
    const content = `${HEADER}${GOOD},Nameless,4\na1,One,51-200\n`
    const older = await take(engine, '1', content)
    const missing = { importId: older, code: 'value/missing', column: 'account_id' }
    await engine.client['held.fix']({ change: { kind: 'rule', ...missing, fix: { kind: 'set', to: 'a7' } } })
    await engine.client['held.fix']({ change: { ...rule(older), fix: { kind: 'leave-out' } } })
    const newer = await take(engine, '2', `${HEADER}${GOOD},Other,5\n,Nameless,4\na1,One,51-200\na2,Two,51-200\n`)
    const { fixes } = await engine.client['held.known']({ importId: newer })
    expect(fixes.map(({ code, effect, rows }) => [code, effect, rows])).toEqual([
      ['value/missing', 'judge', 1],
      ['value/not-a-number', 'leave-out', 1],
    ])
    await engine.client['held.fix']({ change: known(newer, 'leave-out') })
    expect(await totals(engine)).toEqual([`${older}: 0 1 1 0`, `${newer}: 3 1 0 0`])
    await expect(engine.client['held.fix']({ change: known(newer, 'leave-out') })).rejects.toThrow('nothing is known')
  })

  test('of a record written anew is offered where its bytes are the same', async () => {
    const engine = await startProject()
    const older = await take(engine, '1', FIRST)
    const [row] = (
      await engine.client['held.rows']({ importId: older, code: 'row/too-few-fields', after: 0, limit: 9 })
    ).rows
    const edits = [{ heldId: row?.heldId ?? 0, record: 'b1,Mended,8' }]
    await engine.client['held.fix']({ change: { kind: 'edits', importId: older, edits } })
    const newer = await take(engine, '2', `${HEADER}${GOOD}broken\nbroke\ng20,Good 20,7\n`)
    const { fixes } = await engine.client['held.known']({})
    expect(fixes).toMatchObject([{ importId: newer, rows: 1, answers: [{ fix: null, from: older, rows: 1 }] }])
    const [fix] = fixes
    expect(fix?.code).toBe('row/too-few-fields')
    const { outcome } = await engine.client['held.fix']({
      change: { kind: 'known', importId: newer, code: 'row/too-few-fields', column: '', effect: 'judge' },
    })
    expect(outcome).toMatchObject({ rows: 1, loads: 1 })
  })
})
