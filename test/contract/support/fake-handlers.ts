import { type Call, contract, type Handlers } from '#contract/contract'
import { AppError } from '#lib/errors'
import { createJobGate } from '../../../core/app/job-gate.ts'

/** Jobs that wait for one another, as those of the engine do. Job 0 goes on until it is cancelled. */
const LINE = createJobGate()
const NOTHING = { takenOut: 0, changedBack: 0, broughtBack: 0, events: 0, held: 0, heldAgain: 0 }
const UNDONE = { file: 'f', table: 'users', ...NOTHING } as const

export type FakeContext = Readonly<{ resolveSource(token: string): { path: string; name: string } | null }>

const unexpected = Object.fromEntries(
  Object.keys(contract).map(name => [name, () => Promise.reject(new Error(`${name} is not faked`))]),
) as unknown as Handlers<FakeContext>

/** Handlers that behave as the name of the source or the search text asks. */
export const fakeHandlers: Handlers<FakeContext> = {
  ...unexpected,
  'import.inspect': async (ctx, input, call) => {
    await behave(input.sources[0] ?? '', call)
    const source = ctx.resolveSource(input.sources[0] ?? '')
    return source === null ? { files: [] } : { files: [planOf(input.sources[0] ?? '', source.name)] }
  },
  'import.run': () => ({ files: [], skipped: [] }),
  'import.undo': async (_ctx, { importId }, call) =>
    await LINE.run(`job ${importId}`, call, async () => {
      call.onProgress({ phase: 'Undoing', done: 0, total: 1, unit: 'steps', subject: null })
      if (importId === 0) await new Promise<void>(done => call.signal.addEventListener('abort', done))
      return { ...UNDONE, importId }
    }),
  'score.order': (_ctx, input) => {
    const length = Number(input.filter.search)
    const order = Uint32Array.from({ length }, (_, at) => (at * 2654435761) >>> 0)
    return { runId: 1, total: length, matching: length, columns: { order } }
  },
  // A view in the middle of a larger buffer, not on a multiple of 8 bytes.
  'score.activity': () => ({
    firstDay: 1,
    today: 3,
    columns: { perDay: new Uint32Array([9, 1, 2, 3, 9]).subarray(1, 4) },
  }),
  'score.histogram': () => ({
    runId: 1,
    units: 0,
    stages: { warm: 1, pql: 2, hot: 3 },
    stageCounts: {},
    destinationCounts: {},
    columns: { counts: new Float64Array(1) as never },
  }),
  'model.get': () => ({
    ...{ json: 'ä'.repeat(2_000_000), hash: '', name: '', kind: 'signals', isInForce: true, findings: [] },
    reach: { buckets: {}, total: 0 },
  }),
  'project.open': (_ctx, input) => {
    throw new AppError('store/locked', 'demo.pql is open in another window', { token: input.source, pid: 7, by: null })
  },
  'project.close': () => ({ extra: 1 }) as never,
}

async function behave(name: string, call: Call): Promise<void> {
  call.onProgress({ phase: 'Reading', done: 1, total: null, unit: 'rows', subject: name })
  if (name === 'bug') throw new TypeError('secret internals')
  if (name === 'die') process.exit(3)
  if (name === 'slow') {
    await new Promise<void>(done => call.signal.addEventListener('abort', done))
    throw new AppError('run/cancelled', 'cancelled')
  }
  if (name === 'stubborn') await new Promise<void>(done => call.signal.addEventListener('abort', done))
  if (name === 'abort-error') {
    await new Promise<void>(done => call.signal.addEventListener('abort', done))
    throw new DOMException('stopped', 'AbortError')
  }
}

function planOf(source: string, file: string) {
  return {
    source,
    file,
    bytes: 0,
    format: 'csv' as const,
    delimiter: ',',
    encoding: 'utf-8',
    compression: 'none' as const,
    table: null,
    reason: '',
    columns: [],
    sample: [],
  }
}
