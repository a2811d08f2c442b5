import { type Condition, SIGNAL_BUCKETS, type SignalBucket } from '#schema/model'
import type { ScoreGround, SumGround } from '#score'

export type Dialect = 'duckdb' | 'sqlite'

type Rule = SumGround['rules'][number]
/** What a model is asked of: its rules, and the code of each kind. */
type Asked = SumGround & Readonly<{ index: Pick<ScoreGround['index'], 'codeOf'> }>

/** What is there beside cells, people and units. */
type Prepared = Readonly<{
  /** Cells of units, all persons together, are a table of their own, as our kernel keeps them. */
  hasUnitCells?: boolean
  /** Signal id -> table with its values, made by `signalQuery`. */
  kept?: ReadonlyMap<string, string>
}>
type Words = Readonly<{ least: string; greatest: string }>
type Question = Readonly<{ ground: Asked; words: Words; prepared: Prepared }>

const WORDS: Readonly<Record<Dialect, Words>> = {
  duckdb: { least: 'least', greatest: 'greatest' },
  sqlite: { least: 'min', greatest: 'max' },
}

/**
 * The score of every unit as one query over `cells`, `people` and `units`, for the model of the ground.
 *
 * One branch per signal, each with its figures as constants and reading the cells of its kind alone: of the forms tried,
 * the one that DuckDB answers fastest (docs/benchmarks.md).
 */
export function defaultScoreQuery(ground: Asked, dialect: Dialect, prepared: Prepared = {}): string {
  const question = { ground, words: WORDS[dialect], prepared }
  const personal = ground.rules.filter(rule => rule.isPersonal)
  const shared = ground.rules.filter(rule => !rule.isPersonal)
  return `WITH
person_value AS (
${personal.map(rule => signalBranch(question, rule)).join('\n  UNION ALL\n')}
),
person_sum AS (
  SELECT unit, person, ${bucketSums(personal)} FROM person_value GROUP BY unit, person
),
unit_value AS (
${shared.map(rule => signalBranch(question, rule)).join('\n  UNION ALL\n')}
),
unit_sum AS (
  SELECT unit, ${bucketSums(shared)} FROM unit_value GROUP BY unit
),
${representatives(question)},
${bucketPoints(question)},
summed AS (
  SELECT *, activation + depth + expansion + intent + fit + negative AS total FROM bucket_points
)
SELECT unit, activation, depth, expansion, intent, fit, negative, total,
  floor(${WORDS[dialect].least}(100e0, ${WORDS[dialect].greatest}(0e0, floor(total * 1e9 + 5e-1) / 1e9)) * 1e1 + 5e-1) / 1e1 AS score,
  representative
FROM summed`
}

/** Values of one signal: what `kept` tables hold. */
export function signalQuery(ground: Asked, rule: Rule, dialect: Dialect, prepared: Prepared = {}): string {
  return signalBranch({ ground, words: WORDS[dialect], prepared }, rule)
}

/** Value of one signal per person, or per unit. */
function signalBranch(question: Question, rule: Rule): string {
  const { today } = question.ground
  const { signal, sign, magnitude, bucket, isPersonal } = rule
  const subject = isPersonal ? 'unit, person' : 'unit'
  const table = question.prepared.kept?.get(signal.id)
  if (table !== undefined) return `  SELECT ${subject}, ${bucket} AS bucket, points FROM ${table}`
  const source = dayCounts(question, rule)
  const points = float(sign * magnitude)
  const age = `(${today} - day)`
  const select = `  SELECT ${subject}, ${bucket} AS bucket,`
  if (signal.count === 'first' || signal.count === 'latest') {
    const day = signal.count === 'first' ? 'min(day)' : 'max(day)'
    return `${select} ${points} * ${decay(question, rule, `(${today} - ${day})`)} AS points FROM ${source} GROUP BY ${subject}`
  }
  const occurrences = signal.count === 'each' ? 'n' : '1'
  if (signal.cap === undefined)
    return `${select} sum(${points} * ${occurrences} * ${decay(question, rule, age)}) AS points FROM ${source} GROUP BY ${subject}`
  const { least } = question.words
  const [gain, most] = [`${float(magnitude)} * ${occurrences}`, float(signal.cap.points)]
  const within = isPersonal ? 'unit, person' : 'unit'
  return `${select} ${float(sign)} * sum((${least}(upto, ${most}) - ${least}(upto - gain, ${most})) * ${decay(question, rule, 'age')}) AS points
  FROM (
    SELECT ${within}, ${age} AS age, ${gain} AS gain,
      sum(${gain}) OVER (PARTITION BY ${within}, ${wholeDivision(question, age, signal.cap.days)} ORDER BY day DESC ROWS UNBOUNDED PRECEDING) AS upto
    FROM ${source}
  ) GROUP BY ${subject}`
}

/** Occurrences by day of one kind: a person's cells are that already, a unit's are summed first. */
function dayCounts({ ground, prepared }: Question, { signal, isPersonal }: Rule): string {
  const kind = ground.index.codeOf.get(signal.kind) ?? -1
  if (isPersonal) return `(SELECT unit, person, day, n FROM cells WHERE kind = ${kind} AND person >= 0)`
  if (prepared.hasUnitCells === true) return `(SELECT unit, day, n FROM unit_cells WHERE kind = ${kind})`
  return `(SELECT unit, day, CAST(sum(n) AS INTEGER) AS n FROM cells WHERE kind = ${kind} GROUP BY unit, day)`
}

function wholeDivision({ words }: Question, dividend: string, divisor: number): string {
  return words === WORDS.duckdb ? `${dividend} // ${divisor}` : `${dividend} / ${divisor}`
}

function decay({ ground }: Question, { signal }: Rule, age: string): string {
  const bucket = ground.model.buckets[signal.bucket]
  const curve = signal.curve ?? bucket.curve
  const days = signal.decayDays ?? bucket.decayDays
  if (curve !== 'time_constant' || days === undefined)
    throw new Error(`${signal.id} decays by ${curve}, which the query has no words for`)
  return `exp(-${age} / ${float(days)})`
}

function bucketSums(rules: readonly Rule[]): string {
  return [...new Set(rules.map(rule => rule.bucket))]
    .map(bucket => `sum(CASE WHEN bucket = ${bucket} THEN points ELSE 0e0 END) AS ${SIGNAL_BUCKETS[bucket]}`)
    .join(', ')
}

/** Everybody's buckets with their role, and of each unit the best: of the buyers where it has any, else of all. */
function representatives({ ground, words }: Question): string {
  const personal = SIGNAL_BUCKETS.filter((_id, bucket) => ground.bounds[bucket]?.isPersonal === true)
  const clipped = personal.map(id => `${words.least}(${maximum(ground, id)}, factor * coalesce(${id}, 0e0)) AS ${id}`)
  return `person_score AS (
  SELECT people.unit, people.person, is_buyer, ${clipped.join(', ')}
  FROM people LEFT JOIN person_sum ON person_sum.unit = people.unit AND person_sum.person = people.person
),
ranked AS (
  SELECT *, row_number() OVER (PARTITION BY unit
    ORDER BY is_buyer DESC, floor((${personal.join(' + ')}) * 1e9 + 5e-1) DESC, person) AS place
  FROM person_score
),
representative AS (SELECT * FROM ranked WHERE place = 1)`
}

function bucketPoints({ ground, words }: Question): string {
  const columns = SIGNAL_BUCKETS.map((id, bucket) => {
    const source = ground.bounds[bucket]?.isPersonal === true ? 'representative' : 'unit_sum'
    const terms = ground.model.conditions.filter(one => one.bucket === id).map(one => conditionPoints(ground, one))
    const sum = [`coalesce(${source}.${id}, 0e0)`, ...terms].join(' + ')
    const { min } = ground.model.buckets[id]
    const held = min === undefined ? sum : `${words.greatest}(${float(min)}, ${sum})`
    return `${ground.model.buckets[id].max === undefined ? held : `${words.least}(${maximum(ground, id)}, ${held})`} AS ${id}`
  })
  return `bucket_points AS (
  SELECT units.unit, fit, ${columns.join(',\n    ')}, coalesce(representative.person, -1) AS representative
  FROM units
    LEFT JOIN representative ON representative.unit = units.unit
    LEFT JOIN unit_sum ON unit_sum.unit = units.unit
)`
}

function conditionPoints({ today }: Asked, { id, when, points, days }: Condition): string {
  const test = when ?? (id.startsWith('trial_ending') ? 'trial_ending' : 'inactive')
  const holds =
    test === 'trial_ending'
      ? `is_on_trial = 1 AND trial_end_day - ${today} BETWEEN 0 AND ${days}`
      : `${today} - created_day >= ${days} AND (last_active_day IS NULL OR ${today} - last_active_day >= ${days})`
  return `CASE WHEN ${holds} THEN ${float(points)} ELSE 0e0 END`
}

function maximum({ model }: Asked, id: SignalBucket): string {
  const { max } = model.buckets[id]
  return max === undefined ? '1e300' : float(max)
}

/** A floating-point literal: without the exponent DuckDB reckons with decimals of 128 bits, SQLite with whole numbers. */
function float(x: number): string {
  return `${x}e0`
}
