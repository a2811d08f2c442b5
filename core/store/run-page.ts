import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { AppError, invariant } from '#lib/errors'
import type { Findings, JudgedUnit, Reason } from '#schema/findings'
import type { Milestone } from '#schema/milestone'
import type { FactValue, Test } from '#schema/policy'
import type { ChannelTrace, RouteDecision, RuleTrace, TestTrace } from '#schema/route'
import type { PersonFigures, UnitScore } from '#schema/score'
import type { Unit } from '#schema/unit'

/** One judged unit of a run with where it goes, and the names that its lists show. */
export type RunUnit = Readonly<{
  judged: JudgedUnit
  route: RouteDecision
  /** Best first. */
  reasons: readonly Reason[]
  /** In the order of the unit's people. */
  people: readonly PersonFigures[]
  accountName: string | null
  representativeName: string | null
  ownerName: string | null
  plan: string | null
  /** Since when its stage holds, ms since epoch. */
  lastChangedAt: number | null
}>

/** Units in one page: what is read to open one unit. */
export const PAGE_UNITS = 64

const FASTEST = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }

type Values = readonly unknown[]
type PackedTest = readonly [test: number, value: FactValue, holds: boolean]
type PackedChannel = readonly [
  use: ChannelTrace['use'],
  channel: ChannelTrace['channel'],
  holds: boolean,
  all: readonly PackedTest[],
]
type PackedRule = readonly [
  ruleId: string,
  holds: boolean,
  all: readonly PackedTest[],
  any: readonly PackedTest[],
  channels?: readonly PackedChannel[],
]

type PackedUnit = Readonly<{
  unit: Omit<Unit, 'people'>
  people: readonly Values[]
  score: Omit<UnitScore, 'lines'>
  lines: readonly Values[]
  findings: Omit<Findings, 'rollups' | 'milestones' | 'nextBestAction'>
  rollups: Values
  milestones: readonly (readonly [milestone: number, holds: boolean])[]
  /** Number of the milestone; -1: none. */
  next: number
  route: Omit<RouteDecision, 'trace'>
  trace: readonly PackedRule[]
  /** The line by its number, or itself where it is not one of the ledger's. */
  reasons: readonly (readonly [sentence: string, line: number | Reason['line']])[]
  rest: Omit<RunUnit, 'judged' | 'route' | 'reasons'>
}>

type Page = Readonly<{
  fields: Readonly<{ people: readonly string[]; lines: readonly string[]; rollups: readonly string[] }>
  tests: readonly Test[]
  milestones: readonly Milestone[]
  units: readonly PackedUnit[]
}>

/**
 * Packs the ledgers, findings and traces of up to `PAGE_UNITS` units: fields by position, tests and milestones, which
 * all units share, once per page; then JSON, compressed. Numbers keep every digit.
 *
 * Measured at 20,000 units with 15 ledger lines each: 218 MB as plain JSON objects, 82 MB by position, 20 MB compressed
 * (brotli 0.2 s, deflate 0.6 s and 22 MB); the ledger's lines alone take 21 MB as plain columns. One unit opens in 3 ms.
 */
export function encodePage(units: readonly RunUnit[]): Uint8Array {
  const fields = {
    people: fieldsOf(units.flatMap(({ judged }) => judged.unit.people.slice(0, 1))),
    lines: fieldsOf(units.flatMap(({ judged }) => judged.score.lines.slice(0, 1))),
    rollups: fieldsOf(units.map(({ judged }) => judged.findings.rollups)),
  }
  const tests = new Map<Test, number>()
  const milestones = new Map<Milestone, number>()
  const packed = units.map(unit => packUnit(unit, fields, { tests, milestones }))
  const page: Page = { fields, tests: [...tests.keys()], milestones: [...milestones.keys()], units: packed }
  return brotliCompressSync(JSON.stringify(page), FASTEST)
}

/** The inverse of `encodePage`. @throws AppError `store/corrupt` where the page is not what it was */
export function decodePage(content: Uint8Array): readonly RunUnit[] {
  const page = readPage(content)
  return page.units.map(unit => unpackUnit(unit, page))
}

/** The unit at a place of the page. */
export function decodePageUnit(content: Uint8Array, index: number): RunUnit {
  const page = readPage(content)
  const unit = page.units[index]
  if (unit === undefined)
    throw new AppError('store/corrupt', 'a page of a run in the project file lacks a unit', { index })
  return unpackUnit(unit, page)
}

function readPage(content: Uint8Array): Page {
  try {
    return JSON.parse(brotliDecompressSync(content).toString('utf8')) as Page // written by encodePage
  } catch (error) {
    throw new AppError('store/corrupt', 'a page of a run in the project file is damaged', {}, { cause: error })
  }
}

type Shared = Readonly<{ tests: Map<Test, number>; milestones: Map<Milestone, number> }>

function packUnit(given: RunUnit, fields: Page['fields'], { tests, milestones }: Shared): PackedUnit {
  const { judged, route, reasons, ...rest } = given
  const { people, ...unit } = judged.unit
  const { lines, ...score } = judged.score
  const { rollups, milestones: reached, nextBestAction, ...findings } = judged.findings
  const { trace, ...decision } = route
  return {
    unit,
    people: people.map(person => valuesOf(person, fields.people)),
    score,
    lines: lines.map(line => valuesOf(line, fields.lines)),
    findings,
    rollups: valuesOf(rollups, fields.rollups),
    milestones: reached.map(({ milestone, holds }) => [numberOf(milestones, milestone), holds]),
    next: nextBestAction === null ? -1 : numberOf(milestones, nextBestAction),
    route: decision,
    trace: trace.map(rule => packRule(rule, tests)),
    reasons: reasons.map(({ sentence, line }) => [sentence, lines.includes(line) ? lines.indexOf(line) : line]),
    rest,
  }
}

function unpackUnit(packed: PackedUnit, { fields, tests, milestones }: Page): RunUnit {
  // Numbers were given out by encodePage, and the lists are those they were given for.
  const milestone = (number: number): Milestone => milestones[number] as Milestone
  const lines = packed.lines.map(values => objectOf<UnitScore['lines'][number]>(values, fields.lines))
  const findings: Findings = {
    ...packed.findings,
    rollups: objectOf(packed.rollups, fields.rollups),
    milestones: packed.milestones.map(([number, holds]) => ({ milestone: milestone(number), holds })),
    nextBestAction: packed.next < 0 ? null : milestone(packed.next),
  }
  const unit: Unit = { ...packed.unit, people: packed.people.map(values => objectOf(values, fields.people)) }
  return {
    judged: { unit, score: { ...packed.score, lines }, findings },
    route: { ...packed.route, trace: packed.trace.map(rule => unpackRule(rule, tests)) },
    reasons: packed.reasons.map(([sentence, line]) => ({
      line: typeof line === 'number' ? (lines[line] as Reason['line']) : line,
      sentence,
    })),
    ...packed.rest,
  }
}

function packRule({ ruleId, holds, all, any, channels }: RuleTrace, numbers: Map<Test, number>): PackedRule {
  const pack = (trace: TestTrace): PackedTest => [numberOf(numbers, trace.test), trace.value, trace.holds]
  const rule = [ruleId, holds, all.map(pack), any.map(pack)] as const
  if (channels === undefined) return rule
  return [...rule, channels.map(({ use, channel, holds: met, all: tests }) => [use, channel, met, tests.map(pack)])]
}

function unpackRule([ruleId, holds, all, any, channels]: PackedRule, tests: readonly Test[]): RuleTrace {
  const unpack = ([test, value, met]: PackedTest): TestTrace => ({ test: tests[test] as Test, value, holds: met })
  const rule = { ruleId, holds, all: all.map(unpack), any: any.map(unpack) }
  if (channels === undefined) return rule
  return {
    ...rule,
    channels: channels.map(([use, channel, met, own]) => ({ use, channel, holds: met, all: own.map(unpack) })),
  }
}

/** The number of a thing that units share: by identity, so equal things that are not one are merely written twice. */
function numberOf<T>(numbers: Map<T, number>, thing: T): number {
  const number = numbers.get(thing) ?? numbers.size
  numbers.set(thing, number)
  return number
}

/** The fields that things of one kind have: those of the first. */
function fieldsOf(things: readonly object[]): readonly string[] {
  return Object.keys(things[0] ?? {})
}

function valuesOf(thing: object, fields: readonly string[]): Values {
  const values = Object.values(thing)
  const names = Object.keys(thing)
  invariant(names.length === fields.length, 'things of one kind have the same fields')
  if (names.every((name, i) => name === fields[i])) return values
  return fields.map(field => values[names.indexOf(field)])
}

function objectOf<T>(values: Values, fields: readonly string[]): T {
  const entries = fields.map((field, i) => [field, values[i] ?? null])
  return Object.fromEntries(entries) as T // what valuesOf took apart
}
