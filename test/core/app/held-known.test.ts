import { describe, expect, test } from 'vitest'
import { startProject, type TestEngine } from './support/engine.ts'

const ROWS = 2500
const DATA = { code: 'value/not-a-number', column: 'employee_count' } as const
const TO_125 = { kind: 'replace', value: '51-200', to: '125' } as const

/** A week's accounts, as many of them held as there are rows of size `51-200`. */
async function take(engine: TestEngine, week: string, sizes: readonly string[]): Promise<number> {
  const good = sizes.map((_, i) => `g${i},Good ${i},5\n`).join('')
  const rows = sizes.map((size, i) => `a${i},Bad ${i} of ${week},${size}\n`).join('')
  const source = engine.write(`${week}/accounts.csv`, `account_id,name,employee_count\n${good}${rows}`)
  const { files } = await engine.client['import.run']({ sources: [source] })
  return files[0]?.importId ?? 0
}

const same = (size: string): readonly string[] => Array.from({ length: ROWS }, () => size)

/** Many rows that were fixed, and are held again by a newer export. */
async function heldAgain(): Promise<TestEngine & Readonly<{ older: number; newer: number }>> {
  const engine = await startProject()
  const older = await take(engine, '1', same('51-200'))
  await engine.client['held.fix']({ change: { kind: 'rule', importId: older, ...DATA, fix: TO_125 } })
  return { ...engine, older, newer: await take(engine, '2', same('51-200')) }
}

describe('what was fixed before, of many rows', () => {
  test('is worked out in turns with other calls, and can be cancelled', async () => {
    const { client, newer, older } = await heldAgain()
    const order: string[] = []
    const known = client['held.known']({}).finally(() => order.push('known'))
    await Promise.all([known, client['project.summary']({}).finally(() => order.push('summary'))])
    expect(order).toEqual(['summary', 'known'])
    const answers = [{ value: '51-200', fix: TO_125, from: older, rows: ROWS }]
    expect((await known).fixes).toEqual([{ importId: newer, ...DATA, effect: 'judge', rows: ROWS, answers }])
    const stop = new AbortController()
    const stopped = client['held.known']({}, { signal: stop.signal, onProgress: () => undefined })
    stop.abort()
    await expect(stopped).rejects.toMatchObject({ code: 'run/cancelled' })
  })

  test('is tried and applied page by page, to all of them and to no other row of the rule', async () => {
    const { client, newer, ...engine } = await heldAgain()
    const third = await take({ client, ...engine }, '3', [...same('51-200'), 'some', '51-200'])
    const change = { kind: 'known', importId: third, ...DATA, effect: 'judge' } as const
    const phases: number[] = []
    const onProgress = ({ phase, done }: { phase: string; done: number }) => {
      if (phase === 'Judging') phases.push(done)
    }
    const outcome = await client['held.preview']({ change }, { signal: new AbortController().signal, onProgress })
    expect(outcome).toMatchObject({ rows: ROWS + 1, loads: ROWS + 1, unaffected: 0, holds: 0 })
    expect(phases.length).toBeGreaterThan(2)
    const { done } = await client['held.fix']({ change })
    expect(done).toMatchObject([{ originId: third, loaded: ROWS + 1 }])
    const { imports } = await client['held.groups']({ importId: third })
    expect(imports).toMatchObject([{ held: 1, fixed: ROWS + 1 }])
    expect(newer).toBeLessThan(third)
    await expect(client['held.fix']({ change })).rejects.toThrow('nothing is known')
  })

  test('is what the newest import says that knows the value, and nothing where it says two things of it', async () => {
    const engine = await startProject()
    const { client } = engine
    const replace = async (importId: number, to: string): Promise<void> => {
      await client['held.fix']({ change: { kind: 'rule', importId, ...DATA, fix: { ...TO_125, to } } })
    }
    await replace(await take(engine, '1', ['51-200']), '100')
    const second = await take(engine, '2', ['51-200', '51-200'])
    await replace(second, '200')
    const third = await take(engine, '3', ['1-10', '1-10', '51-200'])
    const told = async () => (await client['held.known']({})).fixes.map(({ importId, answers }) => [importId, answers])
    const fix = { ...TO_125, to: '200' }
    expect(await told()).toEqual([[third, [{ value: '51-200', fix, from: second, rows: 1 }]]])
    await replace(third, '300')
    const { rows } = await client['held.rows']({ importId: third, ...DATA, after: 0, limit: 9 })
    const edits = rows.map(({ heldId }, at) => ({ heldId, cells: { 2: String(at) } }))
    await client['held.fix']({ change: { kind: 'edits', importId: third, edits } })
    await take(engine, '4', ['many', 'many', 'many', '1-10', '51-200'])
    const [[, answers] = []] = await told()
    expect(answers).toEqual([{ value: '51-200', fix: { ...TO_125, to: '300' }, from: third, rows: 1 }])
  })
})
