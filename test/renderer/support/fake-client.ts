import type { Client, Input, MethodName, Output, Result } from '#contract/contract'
import { AppError } from '#lib/errors'
import { alertHandlers } from './fake-alerts.ts'
import { crmExportHandlers } from './fake-crm-export.ts'
import { handOffHandlers } from './fake-hand-off.ts'
import { healthHandlers } from './fake-health.ts'
import { heldHandlers } from './fake-held.ts'
import { icpHandlers } from './fake-icp.ts'
import { identityHandlers } from './fake-identity.ts'
import { importHandlers } from './fake-import-calls.ts'
import { fakeReports } from './fake-imports.ts'
import { levelHandlers } from './fake-levels.ts'
import { modelHandlers } from './fake-models.ts'
import { pastHandlers } from './fake-past.ts'
import { refusedHandlers } from './fake-refused.ts'
import { routeHandlers } from './fake-route.ts'
import { routingHandlers } from './fake-routing.ts'
import { routingWorkHandlers } from './fake-routing-work.ts'
import { AS_OF } from './fake-row.ts'
import { scenarioHandlers } from './fake-scenarios.ts'
import { simulatorHandlers } from './fake-simulator.ts'
import { figureHandlers } from './fake-simulator-figures.ts'
import { taxonomyHandlers } from './fake-taxonomy.ts'
import { fakeUnit } from './fake-units.ts'
import { viewHandlers } from './fake-views.ts'
import { work } from './fake-work.ts'

export type FakeOptions = Readonly<{
  units: number
  isOpen: boolean
  isImported: boolean
  isScored: boolean
  isStale: boolean
  /** The data were checked. */
  isChecked: boolean
  /** Event names beside the usual ones. */
  names: number
  /** An import was begun and not published. */
  isPending: boolean
  /** One of the files handed over leaves questions. */
  isDoubtful: boolean
  /** The first question goes unanswered. */
  isDead: boolean
  /** Earlier answers about who is who contradict each other. */
  isContradicting: boolean
  /** Nothing new, and nothing unusual. */
  isQuiet: boolean
  /** A job takes so long, told in ten steps. */
  jobMs: number
}>

type Row = Output<'score.rows'>['rows'][number]
type Filter = Input<'score.order'>['filter']

const PLAIN: FakeOptions = {
  units: 600,
  isOpen: true,
  isImported: true,
  isScored: true,
  isStale: false,
  isChecked: true,
  names: 0,
  isPending: false,
  isDoubtful: false,
  isDead: false,
  isContradicting: false,
  isQuiet: false,
  jobMs: 0,
}

/** A client with small, realistic data that needs no engine. It remembers what was called. */
export function fakeClient(options: Partial<FakeOptions> = {}): Client & { readonly calls: MethodName[] } {
  const state = { ...PLAIN, ...options }
  const calls: MethodName[] = []
  const rows: Row[] = Array.from({ length: state.units }, (_, unitNo) => fakeUnit(unitNo).row)
  const handlers: Client = {
    ...refusedHandlers,
    ...projectHandlers(state, rows),
    ...importHandlers(state),
    ...viewHandlers(),
    ...levelHandlers(scoreHandlers(state, rows), state.units),
    ...exportHandlers(state, rows),
    ...healthHandlers(state),
    ...heldHandlers(state.isImported),
    ...taxonomyHandlers(state.names),
    ...modelHandlers(),
    ...pastHandlers,
    ...simulatorHandlers(rows),
    ...figureHandlers(rows, simulatorHandlers(rows)['simulate.set']),
    ...scenarioHandlers(),
    ...identityHandlers(state.isContradicting),
    ...routeHandlers,
    ...routingHandlers(rows),
    ...routingWorkHandlers(rows),
    ...icpHandlers(),
    ...alertHandlers(state.isQuiet ? [] : rows, healthHandlers(state)['anomalies.decide']),
    ...crmExportHandlers(),
    ...handOffHandlers(),
  }
  return Object.assign(
    new Proxy(handlers, {
      get(target, name: MethodName) {
        if (name in target) calls.push(name)
        return target[name]
      },
    }),
    { calls },
  )
}

type State = { -readonly [K in keyof FakeOptions]: FakeOptions[K] }

function summaryOf(state: State, rows: readonly Row[]): Output<'project.summary'> {
  const reports = state.isImported ? fakeReports : []
  return {
    project: { name: 'Sample', folder: '/home/ana/PQL projects' },
    files: reports.length,
    rowsPerTable: Object.fromEntries(reports.map(report => [report.table, report.loaded])),
    events: reports.find(report => report.table === 'events')?.loaded ?? 0,
    held: reports.reduce((sum, report) => sum + report.held, 0),
    persons: state.isScored ? 3871 : null,
    linkedWorkspaces: state.isScored ? 560 : null,
    scoreRun: state.isScored
      ? {
          runId: 1,
          asOf: AS_OF,
          units: rows.length,
          modelName: 'Recipe',
          modelHash: 'b7c19f0e5d2a4c3e',
          isStale: state.isStale,
          staleBecause: state.isStale ? ['taxonomy', 'routing'] : [],
        }
      : null,
    stages: state.isScored ? tally(rows, row => row.stage) : null,
    destinations: state.isScored ? tally(rows, row => row.destination) : null,
  }
}

const tally = (rows: readonly Row[], of: (row: Row) => string): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const row of rows) counts[of(row)] = (counts[of(row)] ?? 0) + 1
  return counts
}

type Part<M extends MethodName> = Pick<Client, M>

function projectHandlers(
  state: State,
  rows: readonly Row[],
): Part<'app.info' | Extract<MethodName, `project.${string}`>> {
  const opened = async (): Promise<Output<'project.summary'>> => {
    state.isOpen = true
    return summaryOf(state, rows)
  }
  return {
    'app.info': async () => {
      if (state.isDead) {
        state.isDead = false
        throw new AppError('transport/closed', 'the engine does not answer')
      }
      return {
        version: '0.1.0',
        host: 'test',
        project: state.isOpen ? summaryOf(state, rows).project : null,
      }
    },
    'project.create': async () => {
      Object.assign(state, { isImported: false, isScored: false, isStale: false })
      return await opened()
    },
    'project.open': opened,
    'project.close': async () => {
      state.isOpen = false
      return {}
    },
    'project.summary': async () => summaryOf(state, rows),
    'project.record': async ({ table, key }) => ({
      fields: [
        { name: table === 'users' ? 'user_id' : 'workspace_id', value: key[0] ?? '' },
        { name: 'created_at', value: '2026-04-02T09:14:00.000Z' },
      ],
      file: `${table}.csv`,
      line: 412,
    }),
  }
}

const matches = (row: Row, filter: Filter): boolean =>
  (filter.search === undefined ||
    `${row.unitName} ${row.unitId} ${row.accountName}`.toLowerCase().includes(filter.search.toLowerCase())) &&
  (!filter.stages?.length || filter.stages.includes(row.stage)) &&
  (!filter.destinations?.length || filter.destinations.includes(row.destination)) &&
  row.score >= (filter.minScore ?? 0) &&
  row.score <= (filter.maxScore ?? 100)

const SORTS: Partial<Record<Input<'score.order'>['sort'], (row: Row) => string | number>> = {
  name: row => row.unitName ?? row.unitId,
  stage: row => row.score,
  destination: row => row.destination,
  account: row => row.accountName ?? '',
  lastActive: row => row.lastActiveAt ?? 0,
  intent: row => row.buckets.intent,
}

type ScoreNames = 'run' | 'order' | 'rows' | 'histogram' | 'unit' | 'events' | 'activity'

function scoreHandlers(state: State, rows: readonly Row[]): Part<`score.${ScoreNames}` | 'policy.apply'> {
  return {
    'score.run': async (_input, options) => {
      await work(state, options, 'cells')
      Object.assign(state, { isScored: true, isStale: false })
      return {
        runId: 1,
        asOf: AS_OF,
        level: 'workspace',
        units: rows.length,
        stages: {},
        destinations: {},
        setAside: [],
        cellsReused: false,
      }
    },
    'score.order': async ({ sort, descending, filter }) => {
      const key = SORTS[sort] ?? ((row: Row) => row.score)
      const found = rows.filter(row => matches(row, filter))
      const sorted = found.toSorted(
        (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.unitNo - b.unitNo) * (descending ? -1 : 1),
      )
      return {
        runId: 1,
        total: rows.length,
        matching: found.length,
        columns: { order: Uint32Array.from(sorted, row => row.unitNo) },
      }
    },
    'score.rows': async ({ unitNos }) => ({ runId: 1, rows: unitNos.flatMap(unitNo => rows[unitNo] ?? []) }),
    'score.histogram': async ({ filter }) => {
      const found = rows.filter(row => matches(row, filter))
      const counts = new Uint32Array(101)
      for (const row of found) counts[Math.floor(row.score)]! += 1
      const stages = { warm: 50, pql: 65, hot: 80 }
      return {
        runId: 1,
        units: found.length,
        stages,
        stageCounts: tally(found, row => row.stage),
        destinationCounts: tally(found, row => row.destination),
        columns: { counts },
      }
    },
    'score.unit': async ({ unitId }) => {
      const row = rows.find(known => known.unitId === unitId)
      if (row === undefined) throw new AppError('score/unknown-unit', `no unit ${unitId} in the newest run`)
      return fakeUnit(row.unitNo)
    },
    'score.events': async input => fakeEvents(input),
    'score.activity': async () => ({
      firstDay: Math.floor(AS_OF / 86_400_000) - 89,
      today: Math.floor(AS_OF / 86_400_000),
      columns: {
        perDay: Uint32Array.from({ length: 90 }, (_, i) =>
          i % 7 > 4 ? 0 : Math.floor(((i * 37) % 11) * (0.4 + i / 60)),
        ),
      },
    }),
    'policy.apply': async () => ({ hash: '5e5e5e5e', name: 'Default', isNew: false }),
  }
}

function fakeEvents({ before, limit, signal, unitId }: Input<'score.events'>): Result<'score.events'> {
  const from = before ?? 240
  const kinds = signal === null ? ['core_feature_used', 'login', 'automation_run', 'pricing_page_view', ''] : [signal]
  const size = Math.min(limit, from, signal === null ? limit : 6)
  const events = Array.from({ length: size }, (_, i) => {
    const kind = kinds[(from + i) % kinds.length] ?? ''
    return {
      position: from - i,
      at: AS_OF - (240 - from + i) * 5_100_000,
      name: kind === '' ? 'Tooltip Closed' : kind,
      kind,
      userId: `u_${Number(unitId.slice(3))}_0`,
      personId: i % 6 === 5 ? null : `u_${Number(unitId.slice(3))}_${i % 3}`,
      properties: i % 4 === 0 ? '{"feature":"board","plan":"trial"}' : '',
      file: 'events.jsonl.gz',
      line: 51_002 - i * 13,
    }
  })
  return { events, nextBefore: signal === null && from > size ? from - size : null }
}

function exportHandlers(state: State, rows: readonly Row[]): Part<'export.preview' | 'export.check' | 'export.run'> {
  const channels = ['sdr', 'csm', 'lifecycle_email', 'in_app', 'nurture', 'review', 'customer']
  const files = [
    'scores.csv',
    'score_lines.csv',
    'units.csv',
    'rollups.csv',
    'persons.csv',
    'held_rows.csv',
    ...channels.map(channel => `routing/${channel}.csv`),
    'manifest.json',
  ]
  const rowsOf = (name: string): number => {
    const channel = /^routing\/(.+)\.csv$/.exec(name)?.[1]
    return channel === undefined ? rows.length : rows.filter(row => row.destination === channel).length
  }
  return {
    'export.preview': async () => ({
      channels: channels.map(channel => ({
        channel,
        rows: rowsOf(`routing/${channel}.csv`),
        sample: rows
          .filter(row => row.destination === channel)
          .slice(0, 20)
          .map(sampleOf),
      })),
      files: files.map(name => ({ name, rows: rowsOf(name) })),
      suppressed: [
        { reason: 'open_deal', count: 4 },
        { reason: 'contacted_recently', count: 2 },
      ],
    }),
    'export.check': async () => ({}),
    'export.run': async (_input, options) => {
      await work(state, options, 'scores.csv')
      return {
        folder: '/home/ana/PQL exports/Sample 2026-05-31',
        files: files.map((name, i) => ({
          name,
          rows: rowsOf(name),
          bytes: 900 + i * 17_311,
          sha256: `${i}`.padStart(64, '4be19c07'),
        })),
        cellsMadeHarmless: 3,
      }
    },
  }
}

const sampleOf = (row: Row): Record<string, string> => ({
  unit_id: row.unitId,
  unit_name: row.unitName ?? '',
  account: row.accountName ?? '',
  pql_score: row.score.toFixed(1),
  pql_stage: row.stage,
  owner_team: row.ownerTeam ?? '',
  owner: row.owner ?? '',
  reason_1: row.reason ?? '',
  next_best_action: row.nextBestAction ?? '',
})
