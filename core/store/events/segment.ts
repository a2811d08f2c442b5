import { TextHeap } from '#lib/text-heap'
import { EVENT_CODES, type EventCode } from '#schema/import'
import { encodeColumns } from '../columns/index.ts'
import type { EventRun } from './event-run.ts'

export const SEGMENT_ROWS = 65_536

/** Position = order in which the parts of a segment are written. */
export const PARTS = ['index', 'core', 'detail', 'key', 'id', 'properties', 'custom'] as const
export type Part = (typeof PARTS)[number]

/** Kinds whose codes lie in the part `detail`; name and user lie in `core`, the workspace in `index`. */
export const DETAIL_CODES = EVENT_CODES.filter(
  (kind): kind is Exclude<EventCode, 'name' | 'user' | 'workspace'> => !['name', 'user', 'workspace'].includes(kind),
)

/** One segment, ready to be written. */
export type Segment = Readonly<{
  rowCount: number
  firstWorkspace: number
  lastWorkspace: number
  firstTime: number
  lastTime: number
  parts: Readonly<Record<Part, Uint8Array>>
}>

/**
 * Lays some rows of a run down as a segment.
 *
 * @param rows numbers of the rows, sorted by workspace code, then time; at least one, SEGMENT_ROWS at most
 */
export function encodeSegment(run: EventRun, rows: Uint32Array): Segment {
  const { columns } = run
  const time = gatherNumbers(columns.timestamp, rows)
  const codes = (kind: EventCode): Uint32Array => gather(columns.codes[kind], rows)
  const details = Object.fromEntries(DETAIL_CODES.map(kind => [kind, codes(kind)]))
  const workspaces = runsOf(columns.codes.workspace, rows)
  const isKeyEvent = new Uint8Array(rows.length)
  // Row numbers are those of the run, here and below.
  for (let i = 0; i < rows.length; i++) isKeyEvent[i] = columns.isKeyEvent[rows[i] as number] as number
  return {
    rowCount: rows.length,
    firstWorkspace: workspaces.code[0] as number,
    lastWorkspace: workspaces.code.at(-1) as number,
    ...rangeOf(time),
    parts: {
      index: encodeColumns(workspaces),
      core: encodeColumns({ time, name: codes('name'), user: codes('user') }),
      detail: encodeColumns({
        ...details,
        isKeyEvent,
        weight: gatherNumbers(columns.weight, rows),
        line: gather(columns.line, rows),
      }),
      key: encodeColumns({ key: gatherFours(columns.key, rows) }),
      id: encodeIds(run, rows),
      properties: encodeTexts('properties', run.properties, rows),
      custom: encodeTexts('custom', run.custom, rows),
    },
  }
}

function gatherNumbers(values: Float64Array, rows: Uint32Array): Float64Array {
  const result = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) result[i] = values[rows[i] as number] as number
  return result
}

function gather(values: Uint32Array, rows: Uint32Array): Uint32Array {
  const result = new Uint32Array(rows.length)
  for (let i = 0; i < rows.length; i++) result[i] = values[rows[i] as number] as number
  return result
}

/** Four words of each row. */
function gatherFours(words: Int32Array, rows: Uint32Array): Int32Array {
  const result = new Int32Array(4 * rows.length)
  for (let i = 0; i < rows.length; i++) {
    const from = 4 * (rows[i] as number)
    result[4 * i] = words[from] as number
    result[4 * i + 1] = words[from + 1] as number
    result[4 * i + 2] = words[from + 2] as number
    result[4 * i + 3] = words[from + 3] as number
  }
  return result
}

/** The workspaces of sorted rows: events of code[i] are rows start[i] .. start[i + 1]. */
function runsOf(workspace: Uint32Array, rows: Uint32Array): Readonly<{ code: Uint32Array; start: Uint32Array }> {
  const code: number[] = []
  const start: number[] = []
  for (let i = 0; i < rows.length; i++) {
    const now = workspace[rows[i] as number] as number
    if (now === code.at(-1)) continue
    code.push(now)
    start.push(i)
  }
  return { code: Uint32Array.from(code), start: Uint32Array.from([...start, rows.length]) }
}

function rangeOf(time: Float64Array): Readonly<{ firstTime: number; lastTime: number }> {
  let firstTime = Number.POSITIVE_INFINITY
  let lastTime = Number.NEGATIVE_INFINITY
  for (const at of time) {
    if (at < firstTime) firstTime = at
    if (at > lastTime) lastTime = at
  }
  return { firstTime, lastTime }
}

function encodeIds({ id, areUuids, columns }: EventRun, rows: Uint32Array): Uint8Array {
  if (!areUuids) return encodeTexts('id', id, rows)
  const uuid = gatherFours(new Int32Array(columns.uuid.buffer), rows)
  return encodeColumns({ uuid: new Uint8Array(uuid.buffer) })
}

function encodeTexts(name: string, heap: TextHeap, rows: Uint32Array): Uint8Array {
  const gathered = new TextHeap(rows.length, Math.ceil((1.1 * heap.length * rows.length) / Math.max(1, heap.count)))
  for (const row of rows) {
    gathered.append(heap.source, heap.offsets[row] as number, heap.offsets[row + 1] as number)
  }
  return encodeColumns({
    [`${name}Offsets`]: gathered.offsets.subarray(0, rows.length + 1),
    [`${name}Bytes`]: gathered.source.bytes.subarray(0, gathered.length),
  })
}
