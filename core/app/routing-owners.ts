import type { Output, Parsed } from '#contract/contract'
import { AppError } from '#lib/errors'
import { calendarOf, formatDay } from '#lib/time'
import { type CrmPeople, crmPeopleOf, withReps } from '#route'
import { JUDGED_COLUMNS } from '#schema/dataset'
import {
  type Assignment,
  assignOwners,
  endedAssignments,
  lastingAssignments,
  ownedUnits,
  type Readable,
  releaseOwners,
  runInstants,
  type ScoreRun,
  scoreRows,
  transaction,
  unitNumbers,
  type Writable,
  walkTable,
} from '#store'
import { modelOfRun, policyInForce } from './judgement.ts'

type Owned = Output<'routing.owned'>
type OwnedRow = Owned['rows'][number]
type Move = Parsed<'routing.assign'>['moves'][number]

/** The people that take work: those of the CRM, and those that the rules name. */
export function peopleInForce(db: Readable): CrmPeople {
  return crmPeopleOf(withReps(walkTable(db, 'crm_users', JUDGED_COLUMNS.crm_users), policyInForce(db).policy.reps))
}

/** What a person works by a run, best score first, then assignments that the run does not use. */
export function ownedOf(db: Readable, run: ScoreRun, { ownerId, offset, limit }: Parsed<'routing.owned'>): Owned {
  const given = new Map(
    lastingAssignments(db, run.level).flatMap(own => (own.owner === ownerId ? [[own.unitId, own]] : [])),
  )
  const gone = endedAssignments(db, run.level, run.runId).filter(own => own.owner === ownerId && !given.has(own.unitId))
  const isGone = new Set(gone.map(({ unitId }) => unitId))
  const used = ownedUnits(db, run.runId, ownerId).filter(({ unitId }) => !isGone.has(unitId))
  const isUsed = new Set(used.map(({ unitId }) => unitId))
  const rest = [...given.values()].filter(({ unitId }) => !isUsed.has(unitId))
  const sinceOf = sinceReader(db, run)
  const shown = scoreRows(
    db,
    run.runId,
    used.slice(offset, offset + limit).map(({ unitNo }) => unitNo),
  )
  const rows: OwnedRow[] = shown.map(row => {
    const { unitId, unitName, accountName, score, stage, destination } = row
    return {
      unitId,
      unitName,
      accountName,
      score,
      stage,
      destination,
      ...sinceOf(given.get(unitId)),
      standing: 'in use' as const,
    }
  })
  const after = Math.max(0, offset - used.length)
  for (const own of rest.slice(after, after + limit - rows.length)) rows.push(unusedRow(db, run, own, sinceOf))
  return { total: used.length + rest.length, rows }
}

type SinceReader = (own: Assignment | undefined) => Pick<OwnedRow, 'team' | 'since'>

function sinceReader(db: Readable, run: ScoreRun): SinceReader {
  const { dayOf } = calendarOf(modelOfRun(db, run).timeZone)
  const instants = runInstants(db)
  return own => {
    const at = own === undefined ? undefined : instants.get(own.sinceRun)
    return { team: own?.team ?? null, since: at === undefined ? null : formatDay(dayOf(at)) }
  }
}

function unusedRow(db: Readable, run: ScoreRun, own: Assignment, sinceOf: SinceReader): OwnedRow {
  const [row] = scoreRows(db, run.runId, [...unitNumbers(db, run.runId, [own.unitId]).values()])
  return {
    unitId: own.unitId,
    unitName: row?.unitName ?? null,
    accountName: row?.accountName ?? null,
    score: row?.score ?? null,
    stage: row?.stage ?? null,
    destination: row?.destination ?? null,
    ...sinceOf(own),
    standing: own.sinceRun === run.runId && row !== undefined ? 'next' : 'unused',
  }
}

/**
 * Gives units to people or to nobody.
 *
 * @returns how many differ now, and what brings them back
 * @throws AppError usage/bad-argument, score/unknown-unit
 */
export function reassign(db: Writable, run: ScoreRun, moves: readonly Move[]): Output<'routing.assign'> {
  demandKnown(db, run, moves)
  const lasting = new Map(lastingAssignments(db, run.level).map(own => [keyOf(own), own]))
  const changed = moves.filter(move => (lasting.get(keyOf(move))?.owner ?? null) !== move.owner)
  const before = changed.map(({ unitId, team }) => {
    const own = lasting.get(keyOf({ unitId, team }))
    return { unitId, team, owner: own?.owner ?? null, sinceRun: own?.sinceRun ?? null }
  })
  transaction(db, () => {
    releaseOwners(db, run.level, changed, run.runId)
    assignOwners(
      db,
      run.level,
      changed.flatMap(({ unitId, team, owner, sinceRun }) =>
        owner === null ? [] : [{ unitId, team, owner, sinceRun: sinceRun ?? run.runId }],
      ),
    )
  })
  return { changed: changed.length, before }
}

const keyOf = ({ unitId, team }: Pick<Move, 'unitId' | 'team'>): string => JSON.stringify([unitId, team])

/** What is brought back was there before, whoever is known now. */
function demandKnown(db: Readable, run: ScoreRun, moves: readonly Move[]): void {
  const runs = runInstants(db)
  const strange = moves.find(({ sinceRun }) => sinceRun !== null && !runs.has(sinceRun))
  if (strange !== undefined)
    throw new AppError('usage/bad-argument', `no scores of number ${strange.sinceRun} were ever made`, {
      run: strange.sinceRun,
    })
  const fresh = moves.filter(({ owner, sinceRun }) => owner !== null && sinceRun === null)
  if (fresh.length === 0) return
  const { byId } = peopleInForce(db)
  const stranger = fresh.find(({ owner }) => owner !== null && !byId.has(owner))
  if (stranger !== undefined)
    throw new AppError(
      'usage/bad-argument',
      `nobody of id ${stranger.owner} is among the CRM users or the people of the rules; import or add them first`,
      { owner: stranger.owner },
    )
  const known = unitNumbers(db, run.runId, new Set(fresh.map(({ unitId }) => unitId)))
  const missing = fresh.find(({ unitId }) => !known.has(unitId))
  if (missing !== undefined)
    throw new AppError('score/unknown-unit', `no workspace ${missing.unitId} in the newest scores`, {
      unitId: missing.unitId,
    })
}
