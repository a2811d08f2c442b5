import type { Call, Output } from '#contract/contract'
import type { Progress } from '#contract/method'
import { AppError } from '#lib/errors'
import type { ImaginedIdentity } from '#schema/scenario'
import { FigureReader, followed, type Home, type Judged, placesOf, type Simulator } from '#simulate'
import { dataState, type ScoreRun, type Writable } from '#store'
import { inTurns, type Job, partProgress, toldSteps } from '../jobs.ts'
import { deskAtHand, freshDesk } from '../review/desk.ts'
import { roomOf } from '../review/room.ts'
import { demandSameData, identityKey, imaginedDecisions } from './imagined-identity.ts'
import { type WorldGround, worldGroundSteps } from './world-ground.ts'
import { WORLD_PARTS, worldSteps } from './world-steps.ts'

type Told = NonNullable<Output<'simulate.set'>['identity']>

/** What scenarios are judged in: the units of a run as they are, or those that other persons, accounts and merges make. */
export type World = Readonly<{
  simulator: Simulator
  /** Beside the units of the run. */
  figures: FigureReader
  /** Where the units of the run are among those of the world; null: they are the same. */
  places: Int32Array | null
  told: Told | null
}>

/** A world that is being made or was made, and who waits for it. */
type Making = Readonly<{ world: Promise<World>; askers: Asker[] }>

/** A run in the simulator: what it comes to, and its units in their order. */
type Seen = Readonly<{ simulator: Simulator; base: Judged; homes: readonly Home[] }>

/** Worlds that are kept, the newest: each holds the cells of all units. */
const MOST_WORLDS = 3

/** The worlds of a run. */
export class Worlds {
  readonly plain: World
  private readonly run: ScoreRun
  private readonly seen: Seen
  private readonly known = new Map<string, Making>()
  private ground: WorldGround | null = null

  constructor(run: ScoreRun, seen: Seen) {
    const { simulator, base } = seen
    this.run = run
    this.seen = seen
    this.plain = { simulator, figures: new FigureReader(simulator, base, null), places: null, told: null }
  }

  /**
   * The world of a scenario; it is made once, in turns, and given up when nobody wants it any more.
   *
   * @throws AppError score/no-run, usage/bad-argument, run/cancelled
   */
  async of(db: Writable, identity: ImaginedIdentity, asker: Asker): Promise<World> {
    const key = identityKey(identity)
    if (key === null) return this.plain
    const known = this.known.get(key)
    const askers = known?.askers ?? []
    askers.push(asker)
    const making = known ?? { world: this.make(db, identity, sharedJob(asker.job, askers)), askers }
    this.keep(key, making)
    try {
      return await making.world
    } catch (error) {
      if (this.known.get(key) === making) this.known.delete(key)
      throw error
    } finally {
      askers.splice(askers.indexOf(asker), 1)
    }
  }

  private keep(key: string, making: Making): void {
    this.known.delete(key)
    this.known.set(key, making)
    for (const oldest of this.known.keys()) if (this.known.size > MOST_WORLDS) this.known.delete(oldest)
  }

  private async make(db: Writable, identity: ImaginedIdentity, job: Job): Promise<World> {
    const { run, plain } = this
    const { homes, base: judged } = this.seen
    const isSame = (): boolean => run.dataState === dataState(db)
    demandSameData(isSame())
    const desk = deskAtHand(db) ?? (await freshDesk(db, job))
    const { decisions, refused } = imaginedDecisions(roomOf(db, desk), db, identity)
    const { base } = plain.simulator
    if (this.ground === null)
      job.report({ ...partProgress(WORLD_PARTS, 0), phase: 'Reading who did what', total: null })
    this.ground ??= await inTurns(worldGroundSteps(db, { run, base }, desk.found.joined), job)
    job.report(partProgress(WORLD_PARTS, 0))
    const wanted = { simulator: plain.simulator, homes, imagined: decisions }
    const { simulator, units, persons } = await inTurns(
      toldSteps(worldSteps(this.ground, wanted), WORLD_PARTS, job),
      job,
    )
    demandSameData(isSame())
    const places = placesOf(homes, units)
    const moved = homes.flatMap(({ id }, u) => {
      const into = units[places[u] ?? -1]?.id ?? null
      return into === id ? [] : [{ unitId: id, into }]
    })
    const told = { units: units.length, persons, personsBase: run.summary.persons, moved, refused: [...refused] }
    return { simulator, figures: new FigureReader(simulator, judged, places), places, told }
  }
}

/** Who waits for a world: as long as it is wanted, and how far it is. */
export type Asker = Readonly<{ job: Job; isWanted: () => boolean; tell: (progress: Progress) => void }>

/** Work that does not end with the call that began it: others may wait for it by then. */
export function detached(call: Call): Call {
  return { ...call, signal: new AbortController().signal, onProgress: () => undefined }
}

/** The job of all who wait for what it makes: told to each of them, and ended where nobody waits any more. */
function sharedJob(job: Job, askers: readonly Asker[]): Job {
  const demandWanted = (): void => {
    if (!askers.some(({ isWanted }) => isWanted()))
      throw new AppError('run/cancelled', 'a newer scenario was asked for')
  }
  return {
    report: progress => {
      for (const { tell } of askers) tell(progress)
    },
    turn: async () => {
      await job.turn()
      demandWanted()
    },
    breathe: async () => {
      await job.breathe()
      demandWanted()
    },
  }
}

/** What a judgement in a world is to the units of the run. */
export function seenFromRun({ places }: World, judged: Judged): Judged {
  return places === null ? judged : followed(judged, places)
}
