import type { Judgement } from './judge.ts'
import type { Product } from './product.ts'
import type { Line } from './score.ts'
import { byCodePoint, cell, groupBy, type TextRow } from './tables.ts'

/** One place where product and oracle differ. */
export type Difference = Readonly<{ unit: string; what: string; expected: string; got: string }>

const BUCKETS = ['activation', 'depth', 'expansion', 'intent', 'fit', 'negative'] as const
const DAY = 86_400_000

/** All differences of a run to the oracle's judgement; numbers may differ by 1e-9. */
export function compare(judgements: ReadonlyMap<string, Judgement>, product: Product): readonly Difference[] {
  const differences: Difference[] = []
  const lines = groupBy(product.lines, row => cell(row, 'unit_id'))
  const rollups = new Map(product.rollups.map(row => [cell(row, 'unit_id'), row]))
  const scored = new Set(product.scores.map(row => cell(row, 'unit_id')))
  for (const unit of judgements.keys())
    if (!scored.has(unit)) differences.push({ unit, what: 'unit', expected: 'scored', got: 'missing' })
  const order = product.scores.map(row => cell(row, 'unit_id'))
  const sorted = [...order].sort(byCodePoint)
  if (order.some((unit, i) => unit !== sorted[i]))
    differences.push({ unit: '', what: 'order of units', expected: sorted.join(' '), got: order.join(' ') })
  for (const row of product.scores) {
    const unit = cell(row, 'unit_id')
    const judgement = judgements.get(unit)
    if (judgement === undefined) differences.push({ unit, what: 'unit', expected: 'missing', got: 'scored' })
    else
      differences.push(
        ...compareFields(unit, scoreFields(judgement), row),
        ...compareFields(unit, rollupFields(judgement), rollups.get(unit) ?? {}),
        ...compareLines(unit, judgement, lines.get(unit) ?? []),
      )
  }
  return differences
}

type Expected = Readonly<Record<string, string | number>>

function scoreFields({ score, findings, route }: Judgement): Expected {
  return {
    ...Object.fromEntries(BUCKETS.map(name => [name, score.buckets[name] ?? 0])),
    total: score.total,
    pql_score: score.score,
    pql_stage: score.stage,
    coverage: score.coverage,
    representative_user_id: score.representative,
    health: findings.health,
    next_best_action: findings.nextBestAction,
    destination: route.destination,
    rule: route.rule,
    also: route.also.join(';'),
  }
}

function rollupFields({ rollups }: Judgement): Expected {
  return Object.fromEntries(
    Object.entries(rollups).map(([name, value]) => {
      if (value === null) return [name, '']
      const isInstant = name === 'activation_date' || name === 'last_active_at'
      if (isInstant) return [name, new Date(Number(value)).toISOString()]
      return [name, typeof value === 'number' ? value : String(value)]
    }),
  )
}

function compareFields(unit: string, expected: Expected, row: TextRow): readonly Difference[] {
  return Object.entries(expected)
    .filter(([name, value]) => !isSame(value, row[name] ?? '(no column)'))
    .map(([what, value]) => ({ unit, what, expected: String(value), got: row[what] ?? '(no column)' }))
}

function isSame(expected: string | number, got: string): boolean {
  if (typeof expected === 'string') return expected === got
  return got !== '' && Math.abs(Number(got) - expected) <= 1e-9 * Math.max(1, Math.abs(expected))
}

const dayText = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)
const keyOf = (signal: string, person: string): string => JSON.stringify([signal, person])

function compareLines(unit: string, { score }: Judgement, rows: readonly TextRow[]): readonly Difference[] {
  const found = new Map(rows.map(row => [keyOf(cell(row, 'signal'), cell(row, 'person_id')), row]))
  const differences = score.lines.flatMap(line => {
    const row = found.get(keyOf(line.signal, line.person))
    if (row !== undefined)
      return compareFields(unit, lineFields(line), row).map(one => ({ ...one, what: `${line.signal}.${one.what}` }))
    return [{ unit, what: `line ${line.signal}`, expected: String(line.final), got: 'missing' }]
  })
  const expectedKeys = new Set(score.lines.map(line => keyOf(line.signal, line.person)))
  const invented = [...found].filter(
    ([key, row]) => !expectedKeys.has(key) && !['fit', 'clamp'].includes(cell(row, 'signal')),
  )
  for (const [key] of invented) differences.push({ unit, what: `line ${key}`, expected: 'none', got: 'a line' })
  const sum = rows.reduce((all, row) => all + Number(row['final_points']), 0)
  const clamped = Math.min(100, Math.max(0, score.total))
  if (Math.abs(sum - clamped) > 1e-9)
    differences.push({ unit, what: 'sum of lines', expected: String(clamped), got: String(sum) })
  return differences
}

/** Fit and conditions have points alone; a signal has every step. */
function lineFields(line: Line): Expected {
  if (line.occurrences === 0) return { bucket: line.bucket, final_points: line.final }
  return {
    bucket: line.bucket,
    occurrences: line.occurrences,
    first_day: dayText(line.firstDay),
    last_day: dayText(line.lastDay),
    points_before_cap: line.beforeCap,
    points_after_cap: line.afterCap,
    points_after_decay: line.afterDecay,
    role_factor: line.role,
    final_points: line.final,
  }
}
