import type { Steps } from '#lib/steps'
import type { Instant } from '#lib/time'
import type { EventChunk, EventLog, StitchedEvents } from '#schema/event'
import type { ScoringModel } from '#schema/model'
import { losingCopies, maskOf } from './copies.ts'
import { placeOfStitched } from './devices/stitched-log.ts'
import { keyKinds } from './kinds.ts'
import { kindsOfNames, kindTable } from './taxonomy.ts'

/** Something that somebody did: an event of a kind whose category is a bucket of the score. */
export type KeyEvent = Readonly<{
  at: Instant
  kind: string
  /** Null: nobody is known to have done it. */
  userId: string | null
  /** Did the event itself name nobody, and go to whoever logged in next? */
  isStitched?: boolean
}>

/** The newest key events of workspaces. */
export type KeyEvents = Readonly<{ newestOf(workspaceIds: readonly string[]): readonly KeyEvent[] }>

/** A stretch of scripted events: those of its user and kind within it are no deeds. */
export type LoopStretch = Readonly<{ userId: string; kind: string; firstAt: Instant; lastAt: Instant }>

type Input = Readonly<{
  log: EventLog
  model: Pick<ScoringModel, 'taxonomy' | 'signals'>
  asOf: Instant
  loops: readonly LoopStretch[]
  /** user id -> the one workspace that an event of it without a workspace belongs to */
  homes: ReadonlyMap<string, string>
  /** Events kept per workspace. */
  most: number
}>

/**
 * The newest key events of every workspace, found in one walk of the log.
 *
 *   kept = the `most` latest events of a key kind up to asOf, copies that give way and loops left out; ties by position in the
 *          log, the later first
 *
 * @param input   `most`: at least 1; `loops`, `homes`: empty where there are none
 * @returns       of several workspaces together the `most` latest, newest first; a workspace that the log does not know has none
 *
 * Source: docs/methods/export.md, "Last key events".
 */
export function* keyEventSteps(input: Input): Steps<KeyEvents> {
  const { log } = input
  const losing = losingCopies(log, input.asOf)
  yield
  const newest = new NewestKeyEvents(input)
  for (const chunk of log.chunks()) {
    newest.take(chunk, maskOf(losing, chunk))
    yield
  }
  newest.seal(log.users)
  return newest
}

/** One row of `most` places per workspace code, newest first. */
class NewestKeyEvents implements KeyEvents {
  private readonly asOf: Instant
  private readonly most: number
  private readonly kinds: readonly string[]
  /** Kind code per name code; 0 where it is no key event. */
  private readonly keyOfName: Uint16Array
  private readonly homeOfUser: Uint32Array
  private readonly codeOfWorkspace: ReadonlyMap<string, number>
  private readonly loopsOfUser: ReadonlyMap<number, readonly LoopStretch[]>
  private readonly at: Float64Array
  private readonly position: Float64Array
  private readonly kind: Uint16Array
  private readonly user: Uint32Array
  /** The ids of the users in `user`: the log and its dictionaries are not held on to. */
  private readonly idOfUser = new Map<number, string>()
  private readonly stitched: StitchedEvents | null

  constructor({ log, model, asOf, loops, homes, most }: Input) {
    this.asOf = asOf
    this.most = most
    this.stitched = log.stitching?.events ?? null
    const table = kindTable(model)
    const isKey = new Set(keyKinds(model))
    this.kinds = table.kinds
    this.keyOfName = kindsOfNames(table, log.names).map(code => (isKey.has(table.kinds[code] ?? '') ? code : 0))
    this.codeOfWorkspace = codesOf(log.workspaces, homes.values())
    this.homeOfUser = Uint32Array.from(log.users, id => this.codeOfWorkspace.get(homes.get(id) ?? '') ?? 0)
    const codeOfUser = new Map(log.users.map((id, code) => [id, code]))
    this.loopsOfUser = Map.groupBy(loops, ({ userId }) => codeOfUser.get(userId) ?? 0)
    const places = this.codeOfWorkspace.size * most
    this.at = new Float64Array(places).fill(Number.NEGATIVE_INFINITY)
    this.position = new Float64Array(places)
    this.kind = new Uint16Array(places)
    this.user = new Uint32Array(places)
  }

  take(chunk: EventChunk, isLosing: Uint8Array | null): void {
    const { asOf, most } = this
    const { name, timestamp, count, base } = chunk
    for (let i = 0; i < count; i++) {
      // Columns have `count` values and codes lie within their dictionaries: the log's own promise.
      const kind = this.keyOfName[name[i] as number] as number
      const at = timestamp[i] as number
      if (kind === 0 || at > asOf || isLosing?.[i] === 1) continue
      const user = chunk.user[i] as number
      const named = chunk.workspace[i] as number
      const workspace = named === 0 ? (this.homeOfUser[user] as number) : named
      // The latest events of a workspace come last in a chunk, so that most of them find a place.
      if (workspace === 0 || at < (this.at[workspace * most + most - 1] as number)) continue
      if (!this.isLooped(user, kind, at)) this.put(workspace * most, { at, position: base + i, kind, user })
    }
  }

  private isLooped(user: number, kind: number, at: Instant): boolean {
    if (user === 0 || this.loopsOfUser.size === 0) return false
    const own = this.loopsOfUser.get(user) ?? []
    return own.some(loop => this.kinds[kind] === loop.kind && loop.firstAt <= at && at <= loop.lastAt)
  }

  /** Puts an event into its place of a row, behind those that are newer; the last one falls out. */
  private put(row: number, event: Readonly<{ at: number; position: number; kind: number; user: number }>): void {
    let place = row + this.most - 1
    if (isNewer(this.at[place] as number, this.position[place] as number, event)) return
    for (; place > row; place--) {
      const before = place - 1
      if (isNewer(this.at[before] as number, this.position[before] as number, event)) break
      this.at[place] = this.at[before] as number
      this.position[place] = this.position[before] as number
      this.kind[place] = this.kind[before] as number
      this.user[place] = this.user[before] as number
    }
    this.at[place] = event.at
    this.position[place] = event.position
    this.kind[place] = event.kind
    this.user[place] = event.user
  }

  private isStitched(position: number): boolean {
    return this.stitched !== null && placeOfStitched(this.stitched, position) >= 0
  }

  seal(users: readonly string[]): void {
    for (const code of this.user) if (code > 0) this.idOfUser.set(code, users[code] ?? '')
  }

  newestOf(workspaceIds: readonly string[]): readonly KeyEvent[] {
    const { most } = this
    const codes = new Set(workspaceIds.flatMap(id => this.codeOfWorkspace.get(id) ?? []))
    const places = [...codes].flatMap(code => Array.from({ length: most }, (_, i) => code * most + i))
    return places
      .filter(place => this.at[place] !== Number.NEGATIVE_INFINITY)
      .sort((a, b) => compareDescending(this.at, a, b) || compareDescending(this.position, a, b))
      .slice(0, most)
      .map(place => ({
        at: this.at[place] as number,
        kind: this.kinds[this.kind[place] as number] ?? '',
        userId: this.idOfUser.get(this.user[place] as number) ?? null,
        ...(this.isStitched(this.position[place] as number) ? { isStitched: true } : {}),
      }))
  }
}

/** Codes of the log, and further ones for workspaces that only placed events belong to. */
function codesOf(dictionary: readonly string[], others: Iterable<string>): ReadonlyMap<string, number> {
  const codes = new Map(dictionary.map((id, code) => [id, code]))
  for (const id of others) if (!codes.has(id)) codes.set(id, codes.size)
  return codes
}

function isNewer(at: number, position: number, event: Readonly<{ at: number; position: number }>): boolean {
  return at > event.at || (at === event.at && position > event.position)
}

function compareDescending(values: Float64Array, a: number, b: number): number {
  return (values[b] as number) - (values[a] as number)
}
