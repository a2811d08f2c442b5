import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { TestEngine } from './support/engine.ts'
import { DATES, imported, totals, userOf } from './support/held.ts'

describe('a file of held rows', () => {
  const written = async (engine: TestEngine): Promise<string> => {
    await engine.client['held.export']({ target: engine.path('held.csv'), overwrite: true })
    return readFileSync(engine.path('held.csv'), 'utf8')
  }

  test('has the columns of the rows, then what is wrong, and nothing that a spreadsheet runs', async () => {
    const engine = await imported()
    const result = await engine.client['held.export']({ target: engine.folder, name: 'held.csv' })
    const text = readFileSync(engine.path('held.csv'), 'utf8')
    expect(result).toEqual({ rows: 5, bytes: text.length, cellsMadeHarmless: 1 })
    const lines = text.split('\r\n')
    expect(lines[0]).toBe(
      'user_id,primary_email,name,created_at,_error_file,_error_line,_error_column,_error_value,_error_code,_error_message,_error_table,_error_row',
    )
    expect(lines[1]).toMatch(
      /^u1,a@example.com,Ana,31\/12\/2026,users.csv,162,created_at,31\/12\/2026,value\/impossible-date,"?Line 162/,
    )
    expect(lines[3]).toContain("'=Cleo(1)")
    expect(lines[5]).toContain('u5,e@example.com,,,users.csv,166,,"u5,e@example.com",row/too-few-fields')
    await expect(engine.client['held.export']({ target: engine.path('held.csv') })).rejects.toMatchObject({
      code: 'export/exists',
    })
    const some = await engine.client['held.export']({
      target: engine.path('some.csv'),
      importId: engine.importId,
      ...DATES,
    })
    expect(some.rows).toBe(2)
  })

  test('has the columns of no import without such a row', async () => {
    const engine = await imported()
    const accounts = engine.write('accounts.csv', 'account_id,employee_count\na1,many\n')
    await engine.client['import.run']({ sources: [accounts] })
    const headers = async (wish: object): Promise<string> => {
      await engine.client['held.export']({ target: engine.path('held.csv'), overwrite: true, ...wish })
      return readFileSync(engine.path('held.csv'), 'utf8').split(',_error_file')[0] ?? ''
    }
    expect(await headers({})).toBe('user_id,primary_email,name,created_at,account_id,employee_count')
    expect(await headers({ code: 'value/not-a-number' })).toBe('account_id,employee_count')
    expect(await headers(DATES)).toBe('user_id,primary_email,name,created_at')
  })

  test('comes back as it went and changes nothing', async () => {
    const engine = await imported()
    const source = engine.write('back.csv', await written(engine))
    expect(await engine.client['held.recognise']({ sources: [source, engine.path('users.csv')] })).toEqual({
      sources: [source],
    })
    const loaded = await engine.client['held.load']({ source })
    expect(loaded).toMatchObject({
      rows: 5,
      corrected: 0,
      untouched: 5,
      notHeld: 0,
      broken: 0,
      done: [],
      ignoredColumns: [],
    })
    expect(await totals(engine)).toEqual([{ held: 5, leftOut: 0, fixed: 0 }])
  })

  test('comes back corrected: changed rows load once, the others stay, whatever a spreadsheet did to its form', async () => {
    const engine = await imported()
    const { client } = engine
    const corrected = (await written(engine))
      .replace('u1,a@example.com,Ana,31/12/2026', 'u1,a@example.com,Ana,12/31/2026')
      .replace(",c@example.com,'=Cleo(1)", "u3,c@example.com,'=Cleo(1)")
      .replace('u5,e@example.com,,,', 'u5,e@example.com,Eve,05/16/2026,')
      .replace('u4,d@example.com', 'u4,d2@example.com')
      .replaceAll('\r\n', '\n')
    const rest = 'nobody,,,,users.csv,3,,,,\n,,,,users.csv,x,,,,\n'
    const source = engine.write('back.csv', `\ufeff${corrected}${rest}`)
    const planned = await client['held.load']({ source, dryRun: true })
    expect(planned).toMatchObject({
      rows: 7,
      corrected: 4,
      untouched: 1,
      notHeld: 1,
      broken: 1,
      lines: [7, 8],
      outcome: { loads: 3, holds: 1 },
      done: [],
    })
    expect(await totals(engine)).toEqual([{ held: 5, leftOut: 0, fixed: 0 }])
    const loaded = await client['held.load']({ source })
    expect(loaded.done).toMatchObject([{ loaded: 3 }])
    expect(await totals(engine)).toEqual([{ held: 2, leftOut: 0, fixed: 3 }])
    // The same file again: its rows are loaded, the one that still fails says what it said.
    expect(await client['held.load']({ source })).toMatchObject({ corrected: 0, untouched: 2, notHeld: 4, done: [] })
    expect(await totals(engine)).toEqual([{ held: 2, leftOut: 0, fixed: 3 }])
    await engine.close()
    expect(userOf(engine, 'u1')).toMatchObject({ created_at: '2026-12-31', source_line: 162 })
    expect(userOf(engine, 'u3')).toMatchObject({ name: '=Cleo(1)', source_line: 164 })
    expect(userOf(engine, 'u5')).toMatchObject({ name: 'Eve', source_line: 166 })
  })

  test('what was corrected in _error_value alone is read: the cell at fault, or the whole record', async () => {
    const engine = await imported()
    const corrected = (await written(engine))
      .replace('created_at,31/12/2026,value', 'created_at,12/31/2026,value')
      .replace(',"u5,e@example.com",row', ',"u5,e@example.com,Eve,05/16/2026",row')
    const loaded = await engine.client['held.load']({ source: engine.write('back.csv', corrected) })
    expect(loaded).toMatchObject({ corrected: 2, untouched: 3, done: [{ loaded: 2 }] })
    await engine.close()
    expect(userOf(engine, 'u1')).toMatchObject({ created_at: '2026-12-31' })
    expect(userOf(engine, 'u5')).toMatchObject({ name: 'Eve' })
  })

  test.each([
    { why: 'zeros in front', was: '00042', now: '42', id: '00042', mended: 1 },
    {
      why: 'digits of a long number',
      was: '123456789012345678',
      now: '1.23457E+17',
      id: '123456789012345678',
      mended: 1,
    },
    { why: 'with a comma', was: '123456789012345678', now: '"1,23457E+17"', id: '123456789012345678', mended: 1 },
    { why: 'nothing, but was corrected', was: '00042', now: '43', id: '43', mended: undefined },
    { why: 'nothing: another long number', was: '123456789012345678', now: '1.3E+17', id: null, mended: undefined },
  ])(
    'a cell beside the one at fault that lost $why in a spreadsheet stays what it was',
    async ({ was, now, id, mended }) => {
      const engine = await imported(`user_id,created_at\n${was},soon\nu2,2026-05-01\n`)
      const fixed = (await written(engine)).replace(`${was},soon`, `${now},2026-05-31`)
      const loaded = await engine.client['held.load']({ source: engine.write('back.csv', fixed) })
      expect([loaded.mended, loaded.outcome.loads, loaded.outcome.holds]).toEqual([
        mended,
        ...(id === null ? [0, 1] : [1, 0]),
      ])
      await engine.close()
      if (id !== null) expect(userOf(engine, id)).toMatchObject({ created_at: '2026-05-31', source_line: 2 })
    },
  )

  test.each([
    { why: 'the day first', now: '03.05.2026', kept: true },
    { why: 'the month first, two digits of a year', now: '5/3/26', kept: true },
    { why: 'midnight behind it', now: '3/5/2026 0:00', kept: true },
    { why: 'another time behind it', now: '3/5/2026 10:00', kept: false },
    { why: 'another day', now: '04.05.2026', kept: false },
  ])('a day beside the cell at fault that a spreadsheet wrote with $why', async ({ now, kept }) => {
    const engine = await imported('user_id,created_at,last_active_at\nu1,2026-05-03,soon\nu2,2026-05-01,2026-05-01\n')
    const fixed = (await written(engine)).replace('2026-05-03,soon', `${now},2026-05-31`)
    const loaded = await engine.client['held.load']({ source: engine.write('back.csv', fixed) })
    const shown = { mended: loaded.mended, loads: loaded.outcome.loads }
    if (!kept) expect(shown.mended).toBeUndefined()
    else {
      expect(shown).toEqual({ mended: 1, loads: 1 })
      await engine.close()
      expect(userOf(engine, 'u1')).toMatchObject({ created_at: '2026-05-03', last_active_at: '2026-05-31' })
    }
  })

  test.each([
    { why: 'is proven by a cell that was not changed', name: 'Zoé', isProven: true },
    { why: 'is asked for where none proves it, and taken when it is said', name: 'Zoe', isProven: false },
  ])('the encoding of a file that a spreadsheet saved $why', async ({ name, isProven }) => {
    const engine = await imported(`user_id,name,created_at\nu1,${name},soon\nu2,x,2026-05-01\n`)
    const fixed = (await written(engine)).replace(`u1,${name},soon`, `u1,${isProven ? name : 'Zoé'},2026-05-31`)
    const source = engine.write('back.csv', Buffer.from(fixed.replaceAll(',', ';'), 'latin1'))
    if (!isProven) {
      const asked = expect.objectContaining({
        code: 'import/ambiguous',
        message: expect.stringContaining('--encoding'),
      })
      await expect(engine.client['held.load']({ source })).rejects.toEqual(asked)
    }
    const loaded = await engine.client['held.load']({ source, ...(isProven ? {} : { encoding: 'windows-1252' }) })
    expect(loaded.done).toMatchObject([{ loaded: 1 }])
    await engine.close()
    expect(userOf(engine, 'u1')).toMatchObject({ name: 'Zoé', created_at: '2026-05-31' })
  })

  test('that was saved in Shift_JIS is read so where cells that were not changed prove it', async () => {
    const engine = await imported('user_id,name,created_at\nu1,山田,soon\nu2,x,2026-05-01\n')
    const fixed = (await written(engine)).replace('u1,山田,soon', 'u1,山田,2026-05-31')
    const [before = '', after = ''] = fixed.split('山田')
    const saved = Buffer.concat([Buffer.from(before), Buffer.from('8e529363', 'hex'), Buffer.from(after)])
    const loaded = await engine.client['held.load']({ source: engine.write('back.csv', saved) })
    expect(loaded.done).toMatchObject([{ loaded: 1 }])
    await engine.close()
    expect(userOf(engine, 'u1')).toMatchObject({ name: '山田', created_at: '2026-05-31' })
  })

  test('brings rows of several files back by file and line, with the columns of all of them', async () => {
    const engine = await imported()
    await engine.client['import.run']({
      sources: [
        engine.write('workspaces.csv', 'workspace_id,workspace_name,created_at\nw1,A,2026-01-01\n,B,2026-01-01\n'),
      ],
    })
    const text = await written(engine)
    expect(text.split('\r\n')[0]).toContain('created_at,workspace_id,workspace_name,_error_file')
    const fixed = text.replace(/,B,workspaces/, 'w2,B,workspaces').replace('Ana,31/12/2026', 'Ana,2026-12-31')
    const loaded = await engine.client['held.load']({ source: engine.write('back.csv', fixed) })
    expect(loaded.done).toMatchObject([
      { file: 'users.csv', loaded: 1 },
      { file: 'workspaces.csv', loaded: 1 },
    ])
    expect(loaded.ignoredColumns).toEqual([])
  })

  test('of JSON records has a column per member, and gives back what was changed in it', async () => {
    const engine = await imported(
      '{"user_id":"u1","created_at":"soon","traits":{"plan":"pro","seats":12345678901234567890}}\n{"user_id":"u2"}\nnot json\n',
      'users.jsonl',
    )
    const text = await written(engine)
    expect(text).toContain('u1,soon,pro,12345678901234567890,users.jsonl,1,created_at,soon,value/not-a-time')
    expect(text).toContain(',,,,users.jsonl,3,,not json,row/not-json')
    const fixed = text
      .replace('u1,soon,pro', 'u1,2026-01-02,free')
      .replace(',,,,users.jsonl,3', 'u3,,basic,,users.jsonl,3')
    const { done } = await engine.client['held.load']({ source: engine.write('back.csv', fixed) })
    expect(done).toMatchObject([{ loaded: 2 }])
    await engine.close()
    expect(userOf(engine, 'u1')).toMatchObject({
      created_at: '2026-01-02',
      custom: '{"traits.plan":"free","traits.seats":12345678901234567890}',
    })
    expect(userOf(engine, 'u3')).toMatchObject({ custom: '{"traits.plan":"basic"}', source_line: 3 })
  })

  test.each<readonly [why: string, content: string, says: string]>([
    ['that is none', 'user_id\nu1\n', 'has no column _error_file and _error_line'],
    ['that is empty', '', 'it is no table with a header'],
  ])('%s is refused', async (_why, content, says) => {
    const engine = await imported()
    const source = engine.write('other.csv', content)
    await expect(engine.client['held.load']({ source })).rejects.toThrow(says)
  })
})
