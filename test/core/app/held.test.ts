import { describe, expect, test } from 'vitest'
import { cancelAt, leftovers, startProject, stateOf } from './support/engine.ts'
import { type Change, DATES, groups, imported, totals, userOf } from './support/held.ts'

describe('held rows', () => {
  test('are grouped by rule with the fixes that suit, and shown with their cells', async () => {
    const engine = await imported()
    const { importId } = engine
    const found = await engine.client['held.groups']({ importId })
    expect(found.groups).toMatchObject([
      {
        ...DATES,
        state: 'held',
        count: 2,
        example: '31/12/2026',
        fixes: ['read', 'pattern', 'replace', 'empty', 'set', 'leave-out'],
        readings: ['dmy', 'mdy', 'excel', 'epoch_s', 'epoch_ms', 'epoch_us', 'epoch_ns'],
      },
      { code: 'row/too-few-fields', column: '', count: 1, fixes: ['pad', 'leave-out'], readings: [] },
      { code: 'value/missing', column: 'user_id', count: 1, fixes: ['leave-out'], readings: [] },
      { code: 'value/not-a-time', column: 'created_at', count: 1 },
    ])
    expect(found.imports).toEqual([
      {
        importId,
        file: 'users.csv',
        table: 'users',
        importedAt: expect.any(Number),
        held: 5,
        leftOut: 0,
        fixed: 0,
        superseded: 0,
      },
    ])
    const page = await engine.client['held.rows']({ importId, ...DATES, after: 0, limit: 1 })
    expect(page).toMatchObject({
      total: 2,
      columns: [{ header: 'user_id', column: 'user_id' }, {}, {}, { header: 'created_at' }],
      rows: [{ line: 162, cells: ['u1', 'a@example.com', 'Ana', '31/12/2026'], isSound: true, edited: [] }],
    })
    const next = await engine.client['held.rows']({ importId, ...DATES, after: page.rows[0]?.heldId ?? 0, limit: 9 })
    expect(next.rows.map(({ line }) => line)).toEqual([165])
    const values = await engine.client['held.values']({ importId, ...DATES, limit: 1 })
    expect(values).toEqual({ values: [{ value: '30/11/2026', count: 1 }], distinct: 2 })
  })

  test('a fix says beforehand what it comes to, and changes nothing by that', async () => {
    const engine = await imported()
    const before = await stateOf(engine.client)
    const outcome = await engine.client['held.preview']({
      change: { kind: 'rule', importId: engine.importId, ...DATES, fix: { kind: 'read', as: 'dmy' } },
    })
    expect(outcome).toEqual({
      rows: 2,
      loads: 2,
      skips: 0,
      skipsBy: { blank: 0, otherTable: 0, known: 0 },
      holds: 0,
      unaffected: 0,
      leftOut: 0,
      takenBack: 0,
      rules: [],
      samples: [
        { line: 162, before: '31/12/2026', after: '2026-12-31', message: null },
        { line: 165, before: '30/11/2026', after: '2026-11-30', message: null },
      ],
      verdicts: [],
    })
    const other = await engine.client['held.preview']({
      change: {
        kind: 'rule',
        importId: engine.importId,
        ...DATES,
        fix: { kind: 'replace', value: '30/11/2026', to: 'x' },
      },
    })
    expect(other).toMatchObject({ loads: 0, holds: 1, unaffected: 1, rules: [{ code: 'value/not-a-time', count: 1 }] })
    expect(await stateOf(engine.client)).toEqual(before)
  })

  test('a fix loads what is good as an import of its own, with file and line of the rows; undone, they are held again', async () => {
    const engine = await imported()
    const { client, importId } = engine
    const before = await client['project.summary']({})
    const { outcome, done } = await client['held.fix']({
      change: { kind: 'rule', importId, ...DATES, fix: { kind: 'read', as: 'dmy' } },
    })
    expect(outcome).toMatchObject({ loads: 2, holds: 0 })
    const [fix] = done
    expect(fix).toMatchObject({ originId: importId, file: 'users.csv', loaded: 2, same: 0, skipped: 0 })
    const { imports } = await client['import.list']({})
    expect(imports).toMatchObject([
      {
        importId: fix?.importId,
        file: 'users.csv',
        read: 2,
        loaded: 2,
        held: 0,
        skipped: 0,
        added: 2,
        warnings: [expect.stringContaining('read as day-month-year, for value/impossible-date in created_at')],
      },
      { importId, read: 166, loaded: 161, held: 5 },
    ])
    expect(await totals(engine)).toEqual([{ held: 3, leftOut: 0, fixed: 2 }])
    expect(await client['project.summary']({})).toMatchObject({ held: 3 })

    const undoing = { importId: fix?.importId ?? 0 }
    expect(await client['import.undo']({ ...undoing, dryRun: true })).toMatchObject({ takenOut: 2, heldAgain: 2 })
    expect(await client['import.undo'](undoing)).toMatchObject({ takenOut: 2, heldAgain: 2 })
    expect(await totals(engine)).toEqual([{ held: 5, leftOut: 0, fixed: 0 }])
    expect(await groups(engine)).toContain('held value/impossible-date created_at 2')
    const { rowsPerTable } = await client['project.summary']({})
    expect(rowsPerTable).toEqual(before.rowsPerTable)
    await engine.close()
    expect(userOf(engine, 'u1')).toBeUndefined()
  })

  test('what a later line or import says of the same record stays', async () => {
    const engine = await imported()
    const { client, importId } = engine
    // Line 163 says less than line 167, which loaded; an import since knows the phone of g1.
    await client['held.fix']({
      change: {
        kind: 'rule',
        importId,
        code: 'value/not-a-time',
        column: 'created_at',
        fix: { kind: 'set', to: '2026-01-01' },
      },
    })
    await client['import.run']({ sources: [engine.write('more/users.csv', 'user_id,name,phone\nu9,Newest,123\n')] })
    await client['held.fix']({
      change: {
        kind: 'rule',
        importId,
        code: 'value/missing',
        column: 'user_id',
        fix: { kind: 'set', to: 'u9' },
      },
    })
    const { imports } = await client['import.list']({})
    expect(imports.map(({ added, changed, same }) => [added, changed, same])).toEqual([
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 1],
      [161, 0, 0],
    ])
    await engine.close()
    expect(userOf(engine, 'u2')).toMatchObject({ name: 'Bea', created_at: '2026-05-15', source_line: 167 })
    expect(userOf(engine, 'u9')).toMatchObject({
      name: 'Newest',
      phone: '123',
      primary_email: 'c@example.com',
      created_at: '2026-05-14',
      source_line: 164,
    })
  })

  test('what still fails stays held with what is wrong now, and the next fix builds on the first', async () => {
    const engine = await imported(
      `user_id,created_at,is_workspace_admin\n${'g,05/13/2026,yes\n'.repeat(60)}u1,31/12/2026,perhaps\n`,
    )
    const { client, importId } = engine
    const first = await client['held.fix']({
      change: { kind: 'rule', importId, ...DATES, fix: { kind: 'read', as: 'dmy' } },
    })
    expect(first.done).toEqual([expect.objectContaining({ importId: null, loaded: 0 })])
    expect(await groups(engine)).toEqual(['held value/not-a-boolean is_workspace_admin 1'])
    expect((await client['import.list']({})).imports).toHaveLength(1)
    const second = await client['held.fix']({
      change: {
        kind: 'rule',
        importId,
        code: 'value/not-a-boolean',
        column: 'is_workspace_admin',
        fix: { kind: 'replace', value: 'perhaps', to: 'no' },
      },
    })
    expect(second.done).toMatchObject([{ loaded: 1 }])
    expect(await totals(engine)).toEqual([{ held: 0, leftOut: 0, fixed: 1 }])
    await client['import.undo']({ importId: second.done[0]?.importId ?? 0 })
    expect(await groups(engine)).toEqual(['held value/not-a-boolean is_workspace_admin 1'])
    expect(await client['held.undo']({ fixId: first.done[0]?.fixId ?? 0 })).toEqual({ wasInForce: true })
    expect(await groups(engine)).toEqual(['held value/impossible-date created_at 1'])
    await engine.close()
    expect(leftovers(engine)).toEqual([])
  })

  test('rows are left out by rule or one by one, stay in sight, and come back', async () => {
    const engine = await imported()
    const { client, importId } = engine
    const leave = (change: Partial<Change>) =>
      client['held.fix']({ change: { importId, fix: { kind: 'leave-out' }, ...change } as Change })
    const rule = await leave({ kind: 'rule', ...DATES })
    expect(rule).toMatchObject({ outcome: { leftOut: 2 }, done: [{ importId: null }] })
    const { rows } = await client['held.rows']({ importId, after: 0, limit: 9 })
    await leave({ kind: 'rows', heldIds: [rows[0]?.heldId ?? 0] })
    expect(await totals(engine)).toEqual([{ held: 2, leftOut: 3, fixed: 0 }])
    expect(await groups(engine)).toContain('left-out value/impossible-date created_at 2')
    expect((await client['held.rows']({ importId, state: 'left-out', after: 0, limit: 9 })).total).toBe(3)
    expect(await client['project.summary']({})).toMatchObject({ held: 2 })

    await client['held.undo']({ fixId: rule.done[0]?.fixId ?? 0 })
    expect(await totals(engine)).toEqual([{ held: 4, leftOut: 1, fixed: 0 }])
    const back = await client['held.fix']({
      change: { kind: 'rows', importId, heldIds: [rows[0]?.heldId ?? 0], fix: { kind: 'take-back' } },
    })
    expect(back.outcome).toMatchObject({ takenBack: 1 })
    expect(await totals(engine)).toEqual([{ held: 5, leftOut: 0, fixed: 0 }])
  })

  test('single rows are edited: cells of it, or the text of one that cannot be taken apart', async () => {
    const engine = await imported()
    const { client, importId } = engine
    const { rows } = await client['held.rows']({ importId, after: 0, limit: 9 })
    const idOf = (line: number): number => rows.find(row => row.line === line)?.heldId ?? 0
    const edits = [
      { heldId: idOf(163), cells: { 0: 'u3', 3: '2026-02-02' } },
      { heldId: idOf(164), cells: { 1: 'only this' } },
      { heldId: idOf(166), record: 'u5,e@example.com,Eve,2026-03-03' },
    ]
    const change: Change = { kind: 'edits', importId, edits }
    expect(await client['held.preview']({ change })).toMatchObject({
      rows: 3,
      loads: 2,
      holds: 1,
      verdicts: [
        { heldId: idOf(163), message: null },
        { heldId: idOf(164), column: 'user_id', message: expect.stringContaining('needs one') },
        { heldId: idOf(166), message: null },
      ],
    })
    const { done } = await client['held.fix']({ change })
    expect(done).toMatchObject([{ loaded: 2 }])
    const left = await client['held.rows']({ importId, code: 'value/missing', column: 'user_id', after: 0, limit: 9 })
    expect(left.rows).toMatchObject([{ line: 164, cells: ['', 'only this', '=Cleo(1)', '05/14/2026'], edited: [1] }])
    await engine.close()
    expect(userOf(engine, 'u3')).toMatchObject({ created_at: '2026-02-02', source_line: 163 })
    expect(userOf(engine, 'u5')).toMatchObject({ name: 'Eve', source_line: 166 })
  })

  test('events are fixed too: in segments, once, and out again when undone', async () => {
    const engine = await imported(
      'event_id,event_name,timestamp,user_id,workspace_id\n' +
        'e1,login,2026-05-20T10:00:00Z,u1,w1\ne2,login,yesterday,u1,w1\ne1,login,today,u1,w1\n,login,yesterday,u1,w1\n',
      'events.csv',
    )
    const { client, importId } = engine
    const rule = { kind: 'rule', importId, code: 'value/not-a-time', column: 'timestamp' } as const
    expect(
      await client['held.preview']({ change: { ...rule, fix: { kind: 'set', to: '2026-05-20T10:00:00Z' } } }),
    ).toMatchObject({
      loads: 3,
      samples: [{ before: 'yesterday', after: '2026-05-20T10:00:00.000Z' }, {}, {}],
    })
    const { done } = await client['held.fix']({ change: { ...rule, fix: { kind: 'set', to: '2026-05-20T10:00:00Z' } } })
    // e1 is there already, with the same content.
    expect(done).toMatchObject([{ loaded: 3, same: 1, skipped: 0 }])
    expect(await client['project.summary']({})).toMatchObject({ events: 3, held: 0 })
    await client['import.undo']({ importId: done[0]?.importId ?? 0 })
    expect(await client['project.summary']({})).toMatchObject({ events: 1, held: 3 })
  })

  test('a cancel or a waiting import leaves everything as it was', async () => {
    const engine = await imported()
    const { client, importId } = engine
    const change: Change = { kind: 'rule', importId, ...DATES, fix: { kind: 'read', as: 'dmy' } }
    const before = await stateOf(client)
    await expect(client['held.fix']({ change }, cancelAt('Judging').options)).rejects.toThrow('cancelled')
    await expect(
      client['held.fix']({ change: { ...change, fix: { kind: 'leave-out' } } }, cancelAt('Judging').options),
    ).rejects.toThrow('cancelled')
    expect(await stateOf(client)).toEqual(before)
    const { batchId } = await client['import.stage']({ sources: [engine.write('w/users.csv', 'user_id\nx\n')] })
    await expect(client['held.fix']({ change })).rejects.toMatchObject({ code: 'run/busy' })
    await client['import.discard']({ batchId })
    await client['held.fix']({ change })
    await engine.close()
    expect(leftovers(engine)).toEqual([])
  })

  test.each<readonly [why: string, change: (importId: number) => Change, says: string]>([
    [
      'an import that is not there',
      () => ({ kind: 'rule', importId: 99, ...DATES, fix: { kind: 'empty' } }),
      'no import 99',
    ],
    [
      'a row of another import',
      importId => ({ kind: 'rows', importId, heldIds: [999], fix: { kind: 'leave-out' } }),
      'row 999 is not a held row of users.csv',
    ],
    [
      'a fix that does not suit',
      importId => ({ kind: 'rule', importId, ...DATES, fix: { kind: 'pad' } }),
      'does not suit rows held by value/impossible-date in created_at',
    ],
    [
      'a pattern that is none',
      importId => ({ kind: 'rule', importId, ...DATES, fix: { kind: 'pattern', pattern: 'nonsense' } }),
      'nonsense',
    ],
  ])('refuses %s', async (_why, change, says) => {
    const engine = await imported()
    await expect(engine.client['held.fix']({ change: change(engine.importId) })).rejects.toThrow(says)
    expect(await totals(engine)).toEqual([{ held: 5, leftOut: 0, fixed: 0 }])
  })
})

test.each([
  { why: 'no row stands behind it', tail: '', fixes: ['leave-out', 'as-record'] },
  { why: 'rows were loaded from behind it', tail: 'w3,3\n', fixes: ['as-record', 'leave-out'] },
])('the fix of a total that is offered first: $why', async ({ tail, fixes }) => {
  const engine = await startProject()
  const { client } = engine
  const content = `workspace_id,mrr\nw1,1\nw2,2\n\nsum,3\n${tail}`
  await client['import.run']({ sources: [engine.write('workspaces.csv', content)] })
  const found = await client['held.groups']({})
  expect(found.groups).toMatchObject([{ code: 'row/total', count: 1, fixes }])
})
