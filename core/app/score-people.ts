import type { Output, Parsed } from '#contract/contract'
import { compareCodePoints } from '#lib/text'
import type { Level } from '#schema/unit'
import { type Readable, runUnits, type ScoreRun, scoreRows } from '#store'
import type { Job } from './jobs.ts'
import { namesOf } from './unit-view.ts'

type Asked = Parsed<'score.people'>
type Row = Output<'score.people'>['rows'][number]
/** A person's part in a unit, as it is kept in memory; names are looked up for the page that is shown. */
type Kept = Omit<Row, 'name' | 'email' | 'unitName'> & Readonly<{ userIds: readonly string[] }>

/** People whose figures are kept beyond the call, at most. */
const MOST_KEPT = 500_000

const known = new WeakMap<Readable, Readonly<{ key: string; people: readonly Kept[] }>>()

/** One page of the people of a run, by what each scores in each unit. */
export async function peoplePage(
  db: Readable,
  run: ScoreRun,
  { sort, descending, search, offset, limit }: Asked,
  job: Job,
): Promise<Output<'score.people'>> {
  const people = await peopleOf(db, run, job)
  const wanted = search.trim().toLowerCase()
  const isWanted = ({ personId, unitId }: Kept): boolean =>
    wanted === '' || personId.toLowerCase().includes(wanted) || unitId.toLowerCase().includes(wanted)
  const found = people.filter(isWanted).sort(orderBy(sort, descending))
  const page = found.slice(offset, offset + limit)
  const unitNames = new Map(namesOfUnits(db, run.runId, page))
  return {
    runId: run.runId,
    total: found.length,
    rows: page.map(({ userIds, ...row }) => {
      const { name, email } = namesOf(db, userIds)
      return { ...row, name, email, unitName: unitNames.get(row.unitNo) ?? null }
    }),
    nextOffset: offset + limit < found.length ? offset + limit : null,
  }
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
