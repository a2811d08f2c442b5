import type { Output } from '#contract/contract'
import { csvFile } from '#export'

export type ScoreRow = Output<'score.rows'>['rows'][number]
type Opened = Pick<Output<'simulate.open'>, 'stageNames' | 'destinationNames' | 'volumes'>
type Told = Readonly<{
  volumes: Output<'simulate.set'>['volumes']
  movers: Output<'simulate.movers'>['rows']
  identity: Output<'simulate.set'>['identity']
}>

/** An answer to a scenario: every unit as a full re-score has it, and what the simulator says of it. */
export type Simulated = Readonly<{
  /** Scenario and model as files; a model only where one took the place of that in force. */
  scenario: string
  model: string | null
  rows: readonly ScoreRow[]
  /** scores.csv as an export of that re-score writes it. */
  scoresCsv: string
  /** Null where the model counts otherwise, so that only a full re-score could answer. */
  told: Told | null
}>

type Named = readonly [name: string, text: string]
type Cells = Readonly<Record<string, string | number | null>>

/** Files of one answer beside the scores of a full re-score: matrices, movers with their causes, volumes, and the question. */
export function simulationFiles(opened: Opened, base: readonly ScoreRow[], answer: Simulated): readonly Named[] {
  const { scenario, model, rows, scoresCsv, told } = answer
  const { stageNames, destinationNames } = opened
  const followedRows = followRows(base, answer)
  return [
    ['scores.csv', scoresCsv],
    ['stage_matrix.csv', matrixText(stageNames, pairsOf(followedRows, 'stage'))],
    ['destination_matrix.csv', matrixText(destinationNames, pairsOf(followedRows, 'destination'))],
    ['movers.csv', moversText(followedRows, told)],
    ['volumes.csv', volumesText(opened, rows, told)],
    ['scenario.json', scenario],
    ...(model === null ? [] : [['model.json', model] as const]),
  ]
}

type Outcome = Pick<ScoreRow, 'score' | 'stage' | 'destination'>
type Followed = Readonly<{ was: ScoreRow; now: Outcome }>

/** What is left of a unit whose workspaces are nobody's any more. */
const GONE: Outcome = { score: 0, stage: 'Not PQL', destination: 'none' }

/** Every unit of the base beside the unit that it is in. */
function followRows(base: readonly ScoreRow[], { rows, told }: Simulated): readonly Followed[] {
  const byId = new Map(rows.map(row => [row.unitId, row]))
  const into = new Map(told?.identity?.moved.map(one => [one.unitId, one.into]))
  return base.map(was => ({ was, now: byId.get(into.get(was.unitId) ?? was.unitId) ?? GONE }))
}

type Pair = Readonly<{ from: string; to: string }>

function pairsOf(rows: readonly Followed[], field: 'stage' | 'destination'): readonly Pair[] {
  return rows.map(({ was, now }) => ({ from: was[field], to: now[field] }))
}

/** Rows are the base, columns the scenario. */
function matrixText(names: readonly string[], pairs: readonly Pair[]): string {
  const countOf = (from: string, to: string): number =>
    pairs.filter(pair => pair.from === from && pair.to === to).length
  const rows = names.map((from): Cells => {
    const counts = names.map(to => [to, countOf(from, to)] as const)
    return { base: from, ...Object.fromEntries(counts) }
  })
  return csvText('matrix.csv', ['base', ...names], rows)
}

/** Units with another stage or destination, the largest difference first. */
function moversText(rows: readonly Followed[], told: Told | null): string {
  const causes = new Map(told?.movers.map(mover => [mover.unitId, mover.cause]))
  const moved = rows.flatMap(({ was, now: row }): Cells[] => {
    if (was.stage === row.stage && was.destination === row.destination) return []
    const cause = causes.get(was.unitId)
    return [
      {
        unit_id: was.unitId,
        score_before: was.score,
        score: row.score,
        difference: Number((row.score - was.score).toFixed(1)),
        stage_before: was.stage,
        stage: row.stage,
        destination_before: was.destination,
        destination: row.destination,
        cause: cause?.parameterId ?? null,
        cause_from: cause?.from ?? null,
        cause_to: cause?.to ?? null,
        cause_points: cause?.points ?? null,
        is_alone: cause === undefined || cause === null ? null : String(cause.isAlone),
      },
    ]
  })
  const size = (cells: Cells): number => Math.abs(Number(cells['difference']))
  moved.sort((a, b) => size(b) - size(a) || (String(a['unit_id']) < String(b['unit_id']) ? -1 : 1))
  return csvText('movers.csv', MOVER_COLUMNS, moved)
}

const MOVER_COLUMNS = [
  'unit_id',
  'score_before',
  'score',
  'difference',
  'stage_before',
  'stage',
  'destination_before',
  'destination',
  'cause',
  'cause_from',
  'cause_to',
  'cause_points',
  'is_alone',
]

function volumesText(opened: Opened, rows: readonly ScoreRow[], told: Told | null): string {
  const volumes = opened.volumes.map((open): Cells => {
    const { destination } = open
    const volume = told?.volumes.find(one => one.destination === destination)
    return {
      destination,
      units_before: open.base,
      units: rows.filter(row => row.destination === destination).length,
      entrants_before: open.entrantsBase,
      entrants: volume?.entrantsScenario ?? null,
      weekly_capacity: volume?.capacity ?? open.capacity,
    }
  })
  const columns = ['destination', 'units_before', 'units', 'entrants_before', 'entrants', 'weekly_capacity']
  return csvText('volumes.csv', columns, volumes)
}

function csvText(name: string, columns: readonly string[], rows: readonly Cells[]): string {
  const file = csvFile({
    name,
    columns: columns.map(column => ({
      name: column,
      kind: column === 'unit_id' ? 'id' : 'plain',
      read: (row: Cells) => (row[column] === null || row[column] === undefined ? '' : String(row[column])),
    })),
    rows,
    keyOf: row => String(row['unit_id'] ?? row['destination'] ?? row['base'] ?? ''),
  })
  return [...file.chunks()].join('')
}
