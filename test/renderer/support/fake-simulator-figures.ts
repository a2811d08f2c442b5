import type { Client, Output } from '#contract/contract'
import { type Judged, judgedBy, ladder } from './fake-simulator.ts'

type Row = Output<'score.rows'>['rows'][number]
type Handlers = Pick<
  Client,
  'simulate.tornado' | 'simulate.solve' | 'simulate.fragility' | 'simulate.flips' | 'simulate.compare'
>
type FragilityRow = Output<'simulate.fragility'>['rows'][number]

/** Longer questions over the same effects as `simulate.set`: thresholds and the decay of intent. */
export function figureHandlers(rows: readonly Row[], set: Client['simulate.set']): Handlers {
  const scores = (scenario: Parameters<typeof judgedBy>[1]): readonly number[] =>
    rows.map(row => judgedBy(row, scenario).score)
  const isPql = ({ stage }: Judged): boolean => stage === 'PQL' || stage === 'Hot PQL'
  const pqls = (scenario: Parameters<typeof judgedBy>[1]): number =>
    rows.filter(row => isPql(judgedBy(row, scenario))).length
  return {
    'simulate.tornado': async ({ scenario }) => {
      const count = pqls(scenario)
      const end = (value: number): Output<'simulate.tornado'>['bars'][number]['low'] => ({
        value,
        count: pqls({ ...scenario, model: { ...scenario.model, stages: { pql: value } } }),
      })
      const [low, high] = [end(52), end(78)]
      const still = { value: 1, count }
      return {
        count,
        bars: [
          {
            parameterId: 'stages.pql',
            path: ['model', 'stages', 'pql'],
            value: 65,
            low,
            high,
            swing: low.count - high.count,
          },
          {
            parameterId: 'roles.admin',
            path: ['model', 'roles', 'admin'],
            value: 1.3,
            low: still,
            high: still,
            swing: 0,
          },
        ],
      }
    },
    'simulate.solve': async ({ scenario, goal }) => {
      const { reaching } = ladder(scores(scenario))
      // a quarter of all is new
      const entrants = reaching.map(units => Math.floor(units / 4))
      const step = entrants.findIndex(units => units <= goal.units)
      const at = (place: number) => ({
        threshold: place / 10,
        entrants: entrants[place] ?? 0,
        stock: reaching[place] ?? 0,
      })
      return {
        solved:
          step < 0
            ? null
            : {
                ...at(step),
                next: step === 0 ? null : { threshold: (step - 1) / 10, entrants: entrants[step - 1] ?? 0 },
                tied: 1,
              },
        blocked:
          step >= 0 && step < 500
            ? { side: 'lower' as const, stage: 'warm' as const, threshold: 50, best: at(500) }
            : null,
        current: at(650),
        columns: { entrants, stock: reaching },
      }
    },
    'simulate.fragility': async ({ scenario, destination, offset = 0, limit = 50 }) => {
      const found = rows
        .map((row): FragilityRow => {
          const now = judgedBy(row, scenario)
          return {
            ...now,
            unitNo: row.unitNo,
            unitId: row.unitId,
            unitName: row.unitName,
            up: now.score >= 80 ? null : { points: 80 - now.score, destination: 'sdr' },
            down: now.score < 80 ? null : { points: now.score - 79.9, destination: 'lifecycle_email' },
          }
        })
        .filter(row => destination === null || destination === undefined || row.destination === destination)
        .toSorted((a, b) => Math.abs(a.score - 80) - Math.abs(b.score - 80))
      const near = found.filter(({ score }) => Math.abs(score - 80) <= 3).length
      return {
        units: found.length,
        near,
        share: found.length === 0 ? 0 : near / found.length,
        rows: found.slice(offset, offset + limit),
        nextOffset: offset + limit < found.length ? offset + limit : null,
      }
    },
    'simulate.flips': async ({ unitNo }) => ({
      flips: [
        {
          parameterId: 'stages.hot',
          path: ['model', 'stages', 'hot'],
          from: 80,
          to: rows[unitNo]?.score ?? 0,
          share: 0.01,
          outcome: { score: rows[unitNo]?.score ?? 0, stage: 'Hot PQL', destination: 'sdr' },
        },
      ],
    }),
    'simulate.compare': async ({ runId, scenarios }) => ({
      scenarios: await Promise.all(
        scenarios.map(async scenario => {
          const {
            columns,
            runId: _run,
            seq: _seq,
            isSuperseded: _is,
            ...figures
          } = await set({ runId, seq: 0, scenario })
          return { ...figures, name: scenario.name ?? 'Unnamed', histogram: [...columns.histogram] }
        }),
      ),
    }),
  }
}
