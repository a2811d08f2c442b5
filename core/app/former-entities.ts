import { type EarlierEntities, endedPersons } from '#identity'
import { compareCodePoints } from '#lib/text'
import type { FormerPerson, Identities } from '#schema/identity'
import { formerPersons, listRuns, type Readable, type ScoreRun } from '#store'
import { keptPart, keptRecords } from './run-parts.ts'

/** Who was who in the last run that joined people; undefined before there is one. */
export function earlierEntities(db: Readable): EarlierEntities | undefined {
  const run = lastMatched(db)
  if (run === null) return undefined
  return {
    persons: () => keptRecords(db, run.runId, 'persons'),
    former: formerPersons(db),
    mergedWorkspaces: earlierMerges(db),
  }
}

/** Merged workspaces of that run, each group with the one that names it first. */
export function earlierMerges(db: Readable): EarlierEntities['mergedWorkspaces'] {
  const run = lastMatched(db)
  return run === null ? [] : keptPart(db, run.runId, 'merged workspaces')
}

type People = Pick<Identities, 'persons' | 'personOfUser'>

/** What has ended since the last run, and what is back. */
export function endedSince(
  db: Readable,
  identities: People,
): Readonly<{ ended: readonly FormerPerson[]; back: readonly string[] }> {
  const run = lastMatched(db)
  const former = formerPersons(db).map(({ id }) => id)
  if (run === null && former.length === 0) return { ended: [], back: [] }
  const alive = new Set(identities.persons.map(({ id }) => id))
  return {
    ended: run === null ? [] : endedPersons(keptRecords(db, run.runId, 'persons'), { ...identities, alive }),
    back: former.filter(id => alive.has(id)),
  }
}

/** An id that ended, and the ids that have its users now: none where they are gone. */
export type Former = Readonly<{
  id: string
  heirs: readonly string[]
  /** ms since epoch; null: since the last run */
  endedAt: number | null
}>

type Known = Readonly<{ runId: number | null; former: ReadonlyMap<string, Former> }>
const known = new WeakMap<People, Known>()

/** Every id that ended and has no person now, by itself; in code-point order. Found once per answer of identity and run. */
export function formerIds(db: Readable, identities: People): ReadonlyMap<string, Former> {
  const runId = lastMatched(db)?.runId ?? null
  const before = known.get(identities)
  if (before?.runId === runId) return before.former
  const former = findFormer(db, identities)
  known.set(identities, { runId, former })
  return former
}

function findFormer(db: Readable, identities: People): ReadonlyMap<string, Former> {
  const { ended, back } = endedSince(db, identities)
  const revived = new Set(back)
  const steps = new Map<string, Former>()
  for (const { id, heirs, endedAt } of formerPersons(db)) if (!revived.has(id)) steps.set(id, { id, heirs, endedAt })
  for (const { id, heirs } of ended) steps.set(id, { id, heirs, endedAt: null })
  const sorted = [...steps.keys()].sort(compareCodePoints)
  return new Map(
    sorted.map(id => [id, { id, heirs: livingHeirs(steps, id), endedAt: steps.get(id)?.endedAt ?? null }] as const),
  )
}

/** Heirs of heirs, until they are those of now. */
function livingHeirs(steps: ReadonlyMap<string, Former>, id: string): readonly string[] {
  const living = new Set<string>()
  const seen = new Set([id])
  for (const next of seen) {
    for (const heir of steps.get(next)?.heirs ?? [])
      if (steps.has(heir)) seen.add(heir)
      else living.add(heir)
  }
  return [...living]
}

function lastMatched(db: Readable): ScoreRun | null {
  return listRuns(db).find(({ identityMode }) => identityMode === 'matched') ?? null
}
