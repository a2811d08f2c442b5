import type { Analysis } from '#pipeline'
import type { ScoringModel } from '#schema/model'
import { personFigures, slotActivity, topReasons } from '#score'
import { listRuns, type Readable, type RunUnit, scoreMarks } from '#store'
import type { Tables } from './dataset.ts'

type Ground = Readonly<{ tables: Tables; model: ScoringModel; analysis: Analysis }>

/** The units of an analysis as a run keeps them: with the names that lists show, and since when their stage holds. */
export function runUnitsOf(db: Readable, { tables, model, analysis }: Ground): readonly RunUnit[] {
  const accounts = new Map(tables.accounts.map(row => [row.account_id, row.name]))
  const users = new Map(tables.users.map(row => [row.user_id, row.name ?? row.primary_email]))
  const persons = new Map(analysis.persons.map(person => [person.id, person.userIds]))
  const plans = new Map(tables.workspaces.map(row => [row.workspace_id, row.plan_tier]))
  const owners = new Map(tables.crm_users.map(row => [row.owner_id, row.name ?? row.email]))
  const before = stagesBefore(db, analysis.asOf)
  const activity = slotActivity(analysis.index, analysis.today)
  return analysis.judged.map((judged, i) => {
    const { unit, score } = judged
    const route = analysis.routes[i]
    if (route === undefined) throw new Error(`unit ${unit.id} has no route`)
    const people = score.representativeId === null ? [] : (persons.get(score.representativeId) ?? [])
    const earlier = before.get(unit.id)
    return {
      judged,
      route,
      people: personFigures(analysis.ground, i, activity).map((figures, at) => {
        const personId = unit.people[at]?.personId ?? ''
        return { personId, userIds: persons.get(personId) ?? [personId], ...figures }
      }),
      reasons: topReasons(score, { unit, model, today: analysis.today }),
      accountName: unit.accountId === null ? null : (accounts.get(unit.accountId) ?? null),
      representativeName: firstKnown(people.map(user => users.get(user))),
      ownerName: route.owner === null ? null : (owners.get(route.owner) ?? null),
      plan: firstKnown([...unit.subscriptions.map(({ plan }) => plan), ...unit.workspaceIds.map(id => plans.get(id))]),
      lastChangedAt: earlier !== undefined && earlier.stage === score.stage ? earlier.lastChangedAt : analysis.asOf,
    }
  })
}

/** Stages in the run that judged the latest instant up to asOf: what was seen of a later time is no past. */
function stagesBefore(
  db: Readable,
  asOf: number,
): ReadonlyMap<string, { stage: string; lastChangedAt: number | null }> {
  const [latest] = listRuns(db)
    .filter(run => run.asOf <= asOf)
    .toSorted((a, b) => b.asOf - a.asOf || b.runId - a.runId)
  return latest === undefined ? new Map() : new Map(scoreMarks(db, latest.runId).map(mark => [mark.unitId, mark]))
}

function firstKnown(values: readonly (string | null | undefined)[]): string | null {
  return values.find((value): value is string => value !== null && value !== undefined) ?? null
}
