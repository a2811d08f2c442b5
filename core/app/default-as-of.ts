import { finish, type Steps } from '#lib/steps'
import { calendarOf } from '#lib/time'
import { asOfSteps, type ResolvedAsOf } from '#pipeline'
import type { JudgedData } from '#schema/dataset'
import { dataState, listRuns, type Readable } from '#store'
import { isMadeAsNow } from './made-by.ts'
import { type DefaultAsOf, keptPart } from './run-parts.ts'

/** The instant to judge at, and the default one where it is known: finding that takes a walk over all events. */
export function asOfFor(db: Readable, dataset: JudgedData, wish: AsOfWish): FoundAsOf {
  return finish(asOfForSteps(db, dataset, wish))
}

type AsOfWish = Readonly<{ timeZone: string; wanted: string | undefined }>
type FoundAsOf = ResolvedAsOf & Readonly<{ defaultAsOf: DefaultAsOf | null }>

/** `asOfFor`, halting now and then. */
export function* asOfForSteps(db: Readable, dataset: JudgedData, { timeZone, wanted }: AsOfWish): Steps<FoundAsOf> {
  const known = knownDefault(db, timeZone)
  if (wanted !== undefined && wanted.trim() !== '')
    return { ...(yield* asOfSteps(dataset, calendarOf(timeZone), wanted)), defaultAsOf: known }
  if (known !== null) return { asOf: known.asOf, roster: null, defaultAsOf: known }
  const found = yield* asOfSteps(dataset, calendarOf(timeZone), undefined)
  return { ...found, defaultAsOf: { timeZone, asOf: found.asOf } }
}

/** What the newest run found, where nothing that it depends on has changed since. */
function knownDefault(db: Readable, timeZone: string): DefaultAsOf | null {
  const [run] = listRuns(db)
  if (run === undefined || run.dataState !== dataState(db) || !isMadeAsNow(db, run.runId)) return null
  const kept = keptPart(db, run.runId, 'default as of')
  return kept?.timeZone === timeZone ? kept : null
}
