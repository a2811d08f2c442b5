import type { JudgedRoute, Judgement } from '#pipeline'
import type { ScoringModel } from '#schema/model'
import type { Level } from '#schema/unit'
import { personFigures, slotActivity, topReasons } from '#score'
import { listRuns, type Readable, type RunUnit, scoreMarks, walkTable } from '#store'

type Ground = Readonly<{ level: Level; model: ScoringModel; judgement: Judgement }>

/**
 * Makes the units of a judgement as a run keeps them: with the names that lists show, and since when their stage holds.
 *
 * @returns a function from the place of a unit to the unit
 */
export function runUnitReader(db: Readable, { level, model, judgement }: Ground): (u: number) => RunUnit {
  const { ground, index, today, asOf } = judgement
  const names = namesOf(db, judgement)
  const before = stagesBefore(db, level, asOf)
  const activity = slotActivity(index, today)
  return u => {
    const whole = judgement.unitAt(u)
    const { unit, score } = whole.judged
    const earlier = before.get(unit.id)
    return {
      ...whole,
      people: personFigures(ground, u, activity).map((figures, at) => {
        const person = unit.people[at]
        const personId = person?.personId ?? ''
        return { personId, userIds: names.userIdsOf(person?.person) ?? [personId], ...figures }
      }),
      reason: topReasons(score, { unit, model, today }, 1)[0]?.sentence ?? null,
      ...names.of(whole),
      lastChangedAt: earlier !== undefined && earlier.stage === score.stage ? earlier.lastChangedAt : asOf,
    }
  }
}

type Names = Readonly<{
  userIdsOf(person: number | undefined): readonly string[] | undefined
  of(unit: JudgedRoute): Pick<RunUnit, 'accountName' | 'representativeName' | 'ownerName' | 'plan'>
}>

/** Looks names up; of users only those who represent a unit are read into memory. */
function namesOf(db: Readable, { identities, heads, units }: Judgement): Names {
  const { persons, personOfUser } = identities
  const representatives = new Set(
    heads.flatMap(({ representativeId: id }) => (id === null ? [] : (personOfUser.get(id) ?? []))),
  )
  const linked = new Set(units.map(({ accountId }) => accountId))
  const users = new Map<string, string | null>()
  for (const { user_id, name, primary_email } of walkTable(db, 'users', ['user_id', 'name', 'primary_email']))
    if (representatives.has(personOfUser.get(user_id) ?? -1)) users.set(user_id, name ?? primary_email)
  const accounts = new Map<string, string | null>()
  for (const { account_id, name } of walkTable(db, 'accounts', ['account_id', 'name']))
    if (linked.has(account_id)) accounts.set(account_id, name)
  const plans = new Map<string, string | null>()
  for (const { workspace_id, plan_tier } of walkTable(db, 'workspaces', ['workspace_id', 'plan_tier']))
    plans.set(workspace_id, plan_tier)
  const owners = new Map<string, string | null>()
  for (const { owner_id, name, email } of walkTable(db, 'crm_users', ['owner_id', 'name', 'email']))
    owners.set(owner_id, name ?? email)
  return {
    userIdsOf: person => (person === undefined ? undefined : persons[person]?.userIds),
    of: ({ judged: { unit, score }, route }) => {
      const person = score.representativeId === null ? undefined : personOfUser.get(score.representativeId)
      const people = person === undefined ? [] : (persons[person]?.userIds ?? [])
      return {
        accountName: unit.accountId === null ? null : (accounts.get(unit.accountId) ?? null),
        representativeName: firstKnown(people.map(user => users.get(user))),
        ownerName: route.owner === null ? null : (owners.get(route.owner) ?? null),
        plan: firstKnown([
          ...unit.subscriptions.map(({ plan }) => plan),
          ...unit.workspaceIds.map(id => plans.get(id)),
        ]),
      }
    },
  }
}

/** Stages in the run of a level that judged the latest instant up to asOf: what was seen of a later time is no past. */
function stagesBefore(
  db: Readable,
  level: Level,
  asOf: number,
): ReadonlyMap<string, { stage: string; lastChangedAt: number | null }> {
  const [latest] = listRuns(db)
    .filter(run => run.level === level && run.asOf <= asOf)
    .toSorted((a, b) => b.asOf - a.asOf || b.runId - a.runId)
  return latest === undefined ? new Map() : new Map(scoreMarks(db, latest.runId).map(mark => [mark.unitId, mark]))
}

function firstKnown(values: readonly (string | null | undefined)[]): string | null {
  return values.find((value): value is string => value !== null && value !== undefined) ?? null
}
