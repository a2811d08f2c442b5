import type { Output } from '#contract/contract'
import { compareCodePoints } from '#lib/text'
import { type Calendar, calendarOf, formatDay } from '#lib/time'
import type { Assignment } from '#pipeline'
import { type CrmPeople, loadOfWeek } from '#route'
import { POOL_TEAMS } from '#schema/policy'
import { ownedCounts, type Readable, readUnits, type ScoreRun, scoreOrder, scoreRows } from '#store'
import type { Job } from './jobs.ts'
import { modelOfRun, policyInForce } from './judgement.ts'
import { lastingAssignmentsOf } from './lasting-owners.ts'
import { peopleInForce } from './routing-owners.ts'

type Pools = Output<'routing.pools'>

const MOST_WAITING = 50
const MONDAY_SHIFT = 3

/** Who takes work of which team in which order, what they hold, and what waits for room. */
export async function poolsOf(db: Readable, run: ScoreRun, job: Job): Promise<Pools> {
  const calendar = calendarOf(modelOfRun(db, run).timeZone)
  const today = calendar.dayOf(run.asOf)
  const monday = today - ((((today + MONDAY_SHIFT) % 7) + 7) % 7)
  const people = peopleInForce(db)
  const { overflow = {} } = policyInForce(db).policy
  const lasting = lastingAssignmentsOf(db, run.level)
  const week = { asOf: run.asOf, calendar }
  const load = loadOfWeek([...lasting.values()].flat(), run.asOf, calendar)
  const assigned = countsBy([...lasting.values()].flat(), ({ owner }) => owner)
  const owned = ownedCounts(db, run.runId)
  const waiting = (await overCapacity(db, run, job)).filter(notGiven(lasting))
  return {
    weekFrom: formatDay(monday),
    weekTo: formatDay(monday + 6),
    teams: POOL_TEAMS.map(team => {
      const own = waiting.filter(unit => unit.team === team)
      const members = people.team(team)
      const turns = turnsOf(members, load)
      return {
        team,
        members: members.map(({ owner_id, name, email, weekly_capacity }) => ({
          ownerId: owner_id,
          name,
          email,
          capacity: weekly_capacity,
          takenThisWeek: load.get(owner_id) ?? 0,
          assigned: assigned.get(owner_id) ?? 0,
          owned: owned.get(owner_id) ?? 0,
          turn: turns.get(owner_id) ?? null,
        })),
        overflowTo: overflow[team] ?? null,
        others: othersOf(lasting, { team, people, week }),
        overCapacity: own.length,
        waiting: own.slice(0, MOST_WAITING).map(({ unitId, unitName, score }) => ({ unitId, unitName, score })),
      }
    }),
  }
}

/** Was a unit that waited given to nobody of its team by hand since? */
function notGiven(lasting: ReadonlyMap<string, readonly Assignment[]>) {
  return ({ unitId, team }: Waiting): boolean => !(lasting.get(unitId) ?? []).some(own => own.team === team)
}

/** The order in which people of a pool would take the next units, from 1; who has no room has no turn. */
function turnsOf(
  members: ReturnType<CrmPeople['team']>,
  load: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const taken = ({ owner_id }: (typeof members)[number]): number => load.get(owner_id) ?? 0
  const withRoom = members.filter(member => member.weekly_capacity === null || taken(member) < member.weekly_capacity)
  const inTurn = withRoom.toSorted((a, b) => taken(a) - taken(b) || compareCodePoints(a.owner_id, b.owner_id))
  return new Map(inTurn.map(({ owner_id }, i) => [owner_id, i + 1]))
}

type Held = Readonly<{
  team: string
  people: CrmPeople
  week: Readonly<{ asOf: number; calendar: Calendar }>
}>

/** Who holds work of a pool without being in it: it went there by overflow or by hand, or the holder left. */
function othersOf(
  lasting: ReadonlyMap<string, readonly Assignment[]>,
  { team, people, week }: Held,
): Pools['teams'][number]['others'] {
  const isMember = new Set(people.team(team).map(({ owner_id }) => owner_id))
  const held = [...lasting.values()].flat().filter(own => own.team === team && !isMember.has(own.owner))
  const load = loadOfWeek(held, week.asOf, week.calendar)
  return [...countsBy(held, ({ owner }) => owner)]
    .sort(([a, m], [b, n]) => n - m || compareCodePoints(a, b))
    .slice(0, MOST_WAITING)
    .map(([ownerId, count]) => {
      const person = people.byId.get(ownerId)
      return {
        ownerId,
        name: person?.name ?? null,
        team: person?.team ?? null,
        isKnown: person !== undefined,
        assigned: count,
        takenThisWeek: load.get(ownerId) ?? 0,
      }
    })
}

function countsBy<T>(rows: readonly T[], nameOf: (row: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(nameOf(row), (counts.get(nameOf(row)) ?? 0) + 1)
  return counts
}

type Waiting = Pools['teams'][number]['waiting'][number] & Readonly<{ team: string | null }>

const NO_FILTER = { search: '', stages: [] }
/** Units whose routes are read between two turns of others. */
const STRETCH = 1000

const known = new WeakMap<Readable, Readonly<{ runId: number; waiting: readonly Waiting[] }>>()

/** Units that nobody of their team has room for, best score first; what a run gave does not change any more. */
async function overCapacity(db: Readable, { runId }: ScoreRun, job: Job): Promise<readonly Waiting[]> {
  const found = known.get(db)
  if (found?.runId === runId) return found.waiting
  const filter = { ...NO_FILTER, destinations: ['sdr', 'csm'] }
  const order = scoreOrder(db, runId, { sort: 'score', descending: true, filter })
  const rows = new Map<string, ReturnType<typeof scoreRows>[number]>()
  for (const unitNo of order)
    for (const row of scoreRows(db, runId, [unitNo])) if (row.owner === null) rows.set(row.unitId, row)
  await job.breathe()
  const isWaiting = new Map<string, string | null>()
  // By number, so that no page of units is opened twice.
  const byNumber = [...rows.values()].sort((a, b) => a.unitNo - b.unitNo).map(({ unitId }) => unitId)
  for (let at = 0; at < byNumber.length; at += STRETCH) {
    for (const { route } of readUnits(db, runId, byNumber.slice(at, at + STRETCH)))
      if (route.isOverCapacity) isWaiting.set(route.unitId, route.ownerTeam)
    await job.breathe()
  }
  const waiting = [...rows.values()].flatMap(({ unitId, unitName, score }) =>
    isWaiting.has(unitId) ? [{ unitId, unitName, score, team: isWaiting.get(unitId) ?? null }] : [],
  )
  known.set(db, { runId, waiting })
  return waiting
}
