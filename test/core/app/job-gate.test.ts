import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Call } from '#contract/contract'
import type { Progress } from '#contract/method'
import { createJobGate, type JobGate } from '../../../core/app/job-gate.ts'

type TestCall = Readonly<{ call: Call; seen: Progress[]; cancel(): void }>

function testCall(): TestCall {
  const abort = new AbortController()
  const seen: Progress[] = []
  return { call: { signal: abort.signal, onProgress: step => void seen.push(step) }, seen, cancel: () => abort.abort() }
}

/** Work that ends when it is told to. */
function held(): Readonly<{ work: () => Promise<string>; end(value: string): void }> {
  const { promise, resolve } = Promise.withResolvers<string>()
  return { work: () => promise, end: resolve }
}

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

const waits = ({ seen }: TestCall): unknown[] => seen.map(({ phase, waitsFor }) => waitsFor ?? phase)

describe('a job that comes while another runs', () => {
  test('waits its turn, says what it waits for, and runs then', async () => {
    const gate = createJobGate()
    const [first, second, third] = [testCall(), testCall(), testCall()]
    const [a, b] = [held(), held()]
    const jobs = [
      gate.run('an import', first.call, a.work),
      gate.run('scoring', second.call, b.work),
      gate.run('an export', third.call, async () => 'c'),
    ]
    await turn()
    expect(waits(third)).toEqual([{ job: 'an import', ahead: 2 }])
    a.end('a')
    await turn()
    expect(waits(third)).toEqual([
      { job: 'an import', ahead: 2 },
      { job: 'scoring', ahead: 1 },
    ])
    b.end('b')
    expect(await Promise.all(jobs)).toEqual(['a', 'b', 'c'])
    expect([waits(first), waits(second)]).toEqual([[], [{ job: 'an import', ahead: 1 }, 'Starting']])
  })

  test('runs though the one before it failed', async () => {
    const gate = createJobGate()
    const first = gate.run('an import', testCall().call, () => Promise.reject(new Error('no')))
    const second = gate.run('scoring', testCall().call, async () => 'done')
    await expect(first).rejects.toThrow('no')
    expect(await second).toBe('done')
  })

  test('is cancelled where it stands, and those behind it move up', async () => {
    const gate = createJobGate()
    const [second, third] = [testCall(), testCall()]
    const a = held()
    const first = gate.run('an import', testCall().call, a.work)
    const cancelled = gate.run('scoring', second.call, () => Promise.reject(new Error('it never begins')))
    const last = gate.run('an export', third.call, async () => 'c')
    second.cancel()
    await expect(cancelled).rejects.toMatchObject({ code: 'run/cancelled' })
    expect(waits(third).at(-1)).toEqual({ job: 'an import', ahead: 1 })
    a.end('a')
    expect([await first, await last]).toEqual(['a', 'c'])
  })
})

test('a job within a job of the same call is a part of it, however deep: none waits for itself', async () => {
  const gate = createJobGate()
  const { call, seen } = testCall()
  const nested = async (depth: number): Promise<number> =>
    depth === 0 ? 0 : 1 + (await gate.run('more', call, () => nested(depth - 1)))
  const other = testCall()
  const [depth, after] = await Promise.all([
    gate.run('an import', call, () => nested(5)),
    gate.run('scoring', other.call, async () => 'after'),
  ])
  expect({ depth, after, seen }).toEqual({ depth: 5, after: 'after', seen: [] })
  expect(() => gate.demandIdle()).not.toThrow()
})

test('what cannot wait is refused while a job runs or waits', async () => {
  const gate = createJobGate()
  const a = held()
  const running = gate.run('an import', testCall().call, a.work)
  expect(() => gate.demandIdle()).toThrow(expect.objectContaining({ code: 'run/busy' }))
  a.end('a')
  await running
  expect(() => gate.demandIdle()).not.toThrow()
})

type Job = Readonly<{ at: number; turns: number; fails: boolean; cancelAt: number | null; isNested: boolean }>

const jobs = fc.array(
  fc.record({
    at: fc.nat(12),
    turns: fc.nat(3),
    fails: fc.boolean(),
    cancelAt: fc.option(fc.nat(20)),
    isNested: fc.boolean(),
  }),
  { minLength: 1, maxLength: 9 },
)

test('whatever comes and is cancelled when: each runs once or is cancelled, in order, none beside another', async () => {
  await fc.assert(
    fc.asyncProperty(jobs, async list => {
      const { begun, arrived, settled, together } = await runAll(createJobGate(), list)
      expect(together).toBe(1)
      expect(new Set(begun).size).toBe(begun.length)
      expect(begun).toEqual(arrived.filter(no => begun.includes(no)))
      for (const [no, { fails, cancelAt }] of list.entries()) {
        const ran = begun.includes(no)
        expect(settled.get(no)).toBe(ran ? (fails ? 'failed' : 'done') : 'run/cancelled')
        if (cancelAt === null) expect(ran).toBe(true)
      }
    }),
    { numRuns: 150 },
  )
})

/** Starts and cancels jobs at their ticks, until all have ended. */
async function runAll(gate: JobGate, list: readonly Job[]) {
  const begun: number[] = []
  const arrived: number[] = []
  const settled = new Map<number, string>()
  const calls = list.map(testCall)
  let inside = 0
  let together = 1
  const work = async (no: number, { turns, fails, isNested }: Job): Promise<string> => {
    begun.push(no)
    together = Math.max(together, ++inside)
    for (let i = 0; i < turns; i++) await turn()
    if (isNested) await gate.run('a part', (calls[no] as TestCall).call, turn)
    inside--
    if (fails) throw new Error('failed')
    return 'done'
  }
  for (let tick = 0; settled.size < list.length; tick++) {
    for (const [no, job] of list.entries()) {
      const { call, cancel } = calls[no] as TestCall // one per job
      if (job.cancelAt === tick) cancel()
      if (job.at !== tick) continue
      arrived.push(no)
      gate
        .run(`job ${no}`, call, () => work(no, job))
        .then(
          value => settled.set(no, value),
          error => settled.set(no, error.code ?? error.message),
        )
    }
    await turn()
  }
  gate.demandIdle()
  return { begun, arrived, settled, together }
}
