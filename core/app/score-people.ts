import type { Output, Parsed } from '#contract/contract'
import type { Rows } from '#export'
import { compareCodePoints } from '#lib/text'
import type { Level } from '#schema/unit'
import { type Readable, runUnits, type ScoreRun, scoreOrder, scoreRows, walkTable } from '#store'
import type { Job } from './jobs.ts'
import { namesOf } from './unit-view.ts'

type Asked = Parsed<'score.people'>
type Row = Output<'score.people'>['rows'][number]
/** A person's part in a unit, as it is kept in memory; names are looked up for the page that is shown. */
type Kept = Omit<Row, 'name' | 'email' | 'unitName'> & Readonly<{ userIds: readonly string[] }>

/** People whose figures are kept beyond the call, at most. */
const MOST_KEPT = 500_000
/** People that are named in one go. */
const PAGE = 500

const known = new WeakMap<Readable, Readonly<{ key: string; people: readonly Kept[] }>>()

/** What of the people is asked for, and in which order. */
type Wanted = Pick<Asked, 'sort' | 'descending' | 'search'>

/** One page of the people of a run, by what each scores in each unit. */
export async function peoplePage(
  db: Readable,
  run: ScoreRun,
  { offset, limit, ...wanted }: Asked,
  job: Job,
): Promise<Output<'score.people'>> {
  const found = await peopleFound(db, run, wanted, job)
  const page = found.slice(offset, offset + limit)
  return {
    runId: run.runId,
    total: found.length,
    rows: shownPeople(db, run, page),
    nextOffset: offset + limit < found.length ? offset + limit : null,
  }
}

/** All people that are asked for, named as they are walked. */
export async function peopleRows(db: Readable, run: ScoreRun, wanted: Wanted, job: Job): Promise<Rows<Row>> {
  const found = await peopleFound(db, run, wanted, job)
  return {
    length: found.length,
    *[Symbol.iterator]() {
      for (let at = 0; at < found.length; at += PAGE) yield* shownPeople(db, run, found.slice(at, at + PAGE))
    },
  }
}

async function peopleFound(
  db: Readable,
  run: ScoreRun,
  { sort, descending, search }: Wanted,
  job: Job,
): Promise<readonly Kept[]> {
  const people = await peopleOf(db, run, job)
  const isWanted = matcher(db, run, search.trim())
  return people.filter(isWanted).sort(orderBy(sort, descending))
}

/** People by their ids, names and addresses, and by what units are found by. */
function matcher(db: Readable, run: ScoreRun, search: string): (person: Kept) => boolean {
  if (search === '') return () => true
  const wanted = search.toLowerCase()
  const filter = { search, stages: [], destinations: [] }
  const units = new Set(scoreOrder(db, run.runId, { sort: 'id', descending: false, filter }))
  const users = new Set<string>()
  for (const { user_id, name, primary_email } of walkTable(db, 'users', ['user_id', 'name', 'primary_email']))
    if (`${user_id}\n${name ?? ''}\n${primary_email ?? ''}`.toLowerCase().includes(wanted)) users.add(user_id)
  return ({ personId, unitNo, userIds }) =>
    units.has(unitNo) || personId.toLowerCase().includes(wanted) || userIds.some(userId => users.has(userId))
}

function shownPeople(db: Readable, run: ScoreRun, page: readonly Kept[]): Row[] {
  const unitNames = new Map(namesOfUnits(db, run.runId, page))
  return page.map(({ userIds, ...row }) => {
    const { name, email } = namesOf(db, userIds)
    return { ...row, name, email, unitName: unitNames.get(row.unitNo) ?? null }
  })
}

async function peopleOf(db: Readable, run: ScoreRun, job: Job): Promise<readonly Kept[]> {
  const key = `${run.level satisfies Level} ${run.runId}`
  const found = known.get(db)
  if (found?.key === key) return found.people
  const list: Kept[] = []
  let unitNo = 0
  for (const { judged, people } of runUnits(db, run.runId)) {
    const { unit, score } = judged
    for (const [i, { personId, role, roleFactor }] of unit.people.entries()) {
      const figures = people[i]
      list.push({
        ...{ personId, unitNo, unitId: unit.id, role, roleFactor },
        userIds: figures?.userIds ?? [personId],
        userScore: figures?.userScore ?? 0,
        isRepresentative: personId === score.representativeId,
        lastActiveDay: figures?.lastActiveDay ?? null,
        events30d: figures?.events30d ?? 0,
      })
    }
    unitNo++
    await job.breathe()
  }
  if (list.length <= MOST_KEPT) known.set(db, { key, people: list })
  return list
}

/** Who has no value comes last either way; ties by person, then unit. */
function orderBy(sort: Asked['sort'], descending: boolean): (a: Kept, b: Kept) => number {
  const sign = descending ? -1 : 1
  const ties = (a: Kept, b: Kept): number => compareCodePoints(a.personId, b.personId) || a.unitNo - b.unitNo
  if (sort === 'personId') return (a, b) => sign * compareCodePoints(a.personId, b.personId) || a.unitNo - b.unitNo
  const field = sort === 'lastActive' ? 'lastActiveDay' : sort
  return (a, b) => {
    const [x, y] = [a[field], b[field]]
    if (x === null || y === null) return Number(x === null) - Number(y === null) || ties(a, b)
    return sign * (x - y) || ties(a, b)
  }
}

function namesOfUnits(db: Readable, runId: number, page: readonly Kept[]): [number, string | null][] {
  const unitNos = [...new Set(page.map(({ unitNo }) => unitNo))]
  return scoreRows(db, runId, unitNos).map(({ unitNo, unitName }) => [unitNo, unitName])
}
