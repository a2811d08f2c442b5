import { type LosingCopies, losingCopies, maskOf } from '#features'
import { placesByText } from '#lib/bucket-index'
import { once } from '#lib/once'
import type { Steps } from '#lib/steps'
import type { EventChunk, EventLog, TextColumn } from '#schema/event'
import type { Readable } from '#store'
import { type SeenEvents, seenState } from '../stitched-events.ts'

export type PartOfLog = Readonly<{
  workspaceIds: ReadonlySet<string>
  /** Users whose events without a workspace count for one of these. */
  placedUsers: ReadonlySet<string>
  /** ms; later events are left away. */
  asOf: number
  losing: LosingCopies
  /** Where there are more events, it is given up. */
  most: number
  /** Events up to which the part is held in memory; a larger one is read again by each walk. */
  mostHeld: number
}>

/**
 * The events of some workspaces as a log of their own, with dictionaries of what occurs in them: judging a few workspaces costs
 * nothing for all others. Copies that give way are left away.
 *
 * @returns steps that come to null where there are more events than wanted
 */
export function* partOfLog(log: SeenEvents, wanted: PartOfLog): Steps<EventLog | null> {
  const codes = yield* codesFor(log)
  const workspaces = codes.workspaces(wanted.workspaceIds)
  const placed = codes.users(wanted.placedUsers)
  if (placed.size > 0) workspaces.add(0)
  const asked = { ...wanted, placed }
  const seen = new Set([0])
  const held: EventChunk[] = []
  let count = 0
  for (const chunk of log.chunksOf(workspaces)) {
    const own = keptRows(chunk, asked)
    count += own.count
    if (count > wanted.most) return null
    for (const code of own.user) seen.add(code)
    if (count <= wanted.mostHeld) held.push(own)
    yield
  }
  const users = renumbered(log.users, seen)
  const places = renumbered(log.workspaces, new Set([0, ...workspaces]))
  const again = function* (): Generator<EventChunk> {
    for (const chunk of log.chunksOf(workspaces)) yield keptRows(chunk, asked)
  }
  const isHeld = count <= wanted.mostHeld
  return {
    count,
    names: log.names,
    workspaces: places.texts,
    users: users.texts,
    chunks: () => recoded(isHeld ? held : again(), users.codes, places.codes),
    copies: [],
  }
}

const losers = new WeakMap<Readable, Readonly<{ key: string; losing: LosingCopies }>>()

/** Copies that give way, among all events; looked for once for the data as they are. */
export function projectLosers(db: Readable, log: SeenEvents, asOf: number): LosingCopies {
  const key = JSON.stringify([seenState(db), asOf])
  const known = losers.get(db)
  if (known?.key === key) return known.losing
  const losing = losingCopies(log, asOf)
  losers.set(db, { key, losing })
  return losing
}

/** Codes of texts of a dictionary; that of the empty text is never among them. */
type CodesOf = (wanted: ReadonlySet<string>) => Set<number>

const known = new WeakMap<SeenEvents, Readonly<{ workspaces: CodesOf; users: CodesOf }>>()

/** Dictionaries are walked once for a log: one of very many users takes longer than judging a few workspaces. */
function* codesFor(log: SeenEvents): Steps<Readonly<{ workspaces: CodesOf; users: CodesOf }>> {
  const found = known.get(log)
  if (found !== undefined) return found
  const made = { workspaces: yield* lookedUpIn(log.workspaces), users: yield* lookedUpIn(log.users) }
  known.set(log, made)
  return made
}

function* lookedUpIn(texts: readonly string[]): Steps<CodesOf> {
  const places = yield* placesByText(texts)
  return wanted => {
    const codes = new Set<number>()
    for (const text of wanted)
      for (const code of places.find(text)) if (code > 0 && texts[code] === text) codes.add(code)
    return codes
  }
}

type Renumbered = Readonly<{ texts: readonly string[]; codes: ReadonlyMap<number, number> }>

/** Codes in the order that they had. */
function renumbered(texts: readonly string[], kept: ReadonlySet<number>): Renumbered {
  const old = Uint32Array.from(kept).sort()
  return {
    texts: Array.from(old, code => texts[code] as string), // codes lie within their dictionary
    codes: new Map(Array.from(old, (code, place) => [code, place] as const)),
  }
}

/** Chunks one after the other, with the positions and codes of a log of their own. */
function* recoded(
  chunks: Iterable<EventChunk>,
  users: Renumbered['codes'],
  places: Renumbered['codes'],
): Generator<EventChunk> {
  let base = 0
  for (const chunk of chunks) {
    const { count, timestamp, name } = chunk
    yield {
      count,
      base,
      timestamp,
      name,
      user: chunk.user.map(code => users.get(code) as number), // every one was seen
      workspace: chunk.workspace.map(code => places.get(code) as number),
      get properties() {
        return chunk.properties
      },
    }
    base += count
  }
}

type Asked = Pick<PartOfLog, 'asOf' | 'losing'> & Readonly<{ placed: ReadonlySet<number> }>

function keptRows(chunk: EventChunk, { asOf, losing, placed }: Asked): EventChunk {
  const mask = maskOf(losing, chunk)
  const rows: number[] = []
  for (let i = 0; i < chunk.count; i++) {
    // Columns have `count` values: the log's own promise.
    if ((chunk.timestamp[i] as number) > asOf || mask?.[i] === 1) continue
    if (chunk.workspace[i] !== 0 || placed.has(chunk.user[i] as number)) rows.push(i)
  }
  if (rows.length === chunk.count) return chunk
  const taken = Uint32Array.from(rows)
  const properties = once(() => textsAt(chunk.properties, taken))
  return {
    count: rows.length,
    base: chunk.base,
    timestamp: Float64Array.from(taken, i => chunk.timestamp[i] as number),
    name: taken.map(i => chunk.name[i] as number),
    workspace: taken.map(i => chunk.workspace[i] as number),
    user: taken.map(i => chunk.user[i] as number),
    get properties() {
      return properties()
    },
  }
}

function textsAt({ offsets, bytes }: TextColumn, rows: Uint32Array): TextColumn {
  const own = new Uint32Array(rows.length + 1)
  for (const [to, row] of rows.entries()) {
    // Within range: there is an offset more than there are rows.
    own[to + 1] = (own[to] as number) + (offsets[row + 1] as number) - (offsets[row] as number)
  }
  const texts = new Uint8Array(own[rows.length] as number)
  for (const [to, row] of rows.entries()) texts.set(bytes.subarray(offsets[row], offsets[row + 1]), own[to])
  return { offsets: own, bytes: texts }
}
