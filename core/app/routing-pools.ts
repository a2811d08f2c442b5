import type { Output } from '#contract/contract'
import { calendarOf, formatDay } from '#lib/time'
import { crmPeopleOf, loadOfWeek, withReps } from '#route'
import { JUDGED_COLUMNS } from '#schema/dataset'
import { POOL_TEAMS } from '#schema/policy'
import { lastingAssignments, type Readable, readUnits, type ScoreRun, scoreOrder, scoreRows, walkTable } from '#store'
import { modelOfRun, policyInForce } from './judgement.ts'
import { lastingAssignmentsOf } from './lasting-owners.ts'

type Pools = Output<'routing.pools'>

const MOST_WAITING = 50
const MONDAY_SHIFT = 3

/** Who takes work of which team, and what waits for room. */
export function poolsOf(db: Readable, run: ScoreRun): Pools {
  const calendar = calendarOf(modelOfRun(db, run).timeZone)
  const today = calendar.dayOf(run.asOf)
  const monday = today - ((((today + MONDAY_SHIFT) % 7) + 7) % 7)
  const people = crmPeopleOf(
    withReps(walkTable(db, 'crm_users', JUDGED_COLUMNS.crm_users), policyInForce(db).policy.reps),
  )
  const load = loadOfWeek([...lastingAssignmentsOf(db, run.level).values()].flat(), run.asOf, calendar)
  const assigned = new Map<string, number>()
  for (const { owner } of lastingAssignments(db, run.level)) assigned.set(owner, (assigned.get(owner) ?? 0) + 1)
  const waiting = overCapacity(db, run)
  return {
    weekFrom: formatDay(monday),
    weekTo: formatDay(monday + 6),
    teams: POOL_TEAMS.map(team => {
      const own = waiting.filter(unit => unit.team === team)
      return {
        team,
        members: people.team(team).map(({ owner_id, name, email, weekly_capacity }) => ({
          ownerId: owner_id,
          name,
          email,
          capacity: weekly_capacity,
          takenThisWeek: load.get(owner_id) ?? 0,
          assigned: assigned.get(owner_id) ?? 0,
        })),
        overCapacity: own.length,
        waiting: own.slice(0, MOST_WAITING).map(({ unitId, unitName, score }) => ({ unitId, unitName, score })),
      }
    }),
  }
}

type Waiting = Pools['teams'][number]['waiting'][number] & Readonly<{ team: string | null }>

const NO_FILTER = { search: '', stages: [] }
const PAGE = 500

/** Units that nobody of their team has room for, best score first. */
function overCapacity(db: Readable, { runId }: ScoreRun): readonly Waiting[] {
  const filter = { ...NO_FILTER, destinations: ['sdr', 'csm'] }
  const order = scoreOrder(db, runId, { sort: 'score', descending: true, filter })
  const waiting: Waiting[] = []
  for (let at = 0; at < order.length; at += PAGE) {
    const rows = scoreRows(db, runId, [...order.subarray(at, at + PAGE)]).filter(({ owner }) => owner === null)
    const ids = rows.map(({ unitId }) => unitId)
    const routes = new Map(readUnits(db, runId, ids).map(({ route }) => [route.unitId, route]))
    for (const { unitId, unitName, score } of rows) {
      const route = routes.get(unitId)
      if (route?.isOverCapacity === true) waiting.push({ unitId, unitName, score, team: route.ownerTeam })
    }
  }
  return waiting
}
