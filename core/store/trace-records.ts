import { AppError, invariant } from '#lib/errors'
import type { FactName, FactValue, Test } from '#schema/policy'
import type { ChannelTrace, RuleTrace, TestTrace } from '#schema/route'
import type { RecordReader, RecordWriter } from './records.ts'

type Traces = readonly (readonly RuleTrace[])[]

/** A rule as traces name it; its tests by their numbers. */
type Shape = Readonly<{
  ruleId: string
  all: readonly number[]
  any: readonly number[]
  channels: readonly Readonly<{ use: string; channel: string; all: readonly number[] }>[] | null
}>
type KnownShape = Readonly<{ no: number; tests: readonly Test[] }>
/** `marks`: whether the rule, its tests, and its channels with theirs hold, as 0 and 1 in the order of the shape. */
type RuleRecord = Readonly<{ shape: number; marks: string }>
type FactsRecord = Readonly<Partial<Record<FactName, FactValue>>>

/**
 * Lays down the traces of a page: rules and tests, which units share, once per page; per unit what held, and each fact that
 * was tested.
 */
export function addTraces(writer: RecordWriter, traces: Traces): void {
  const shapes = new Shapes()
  const rules: RuleRecord[] = []
  for (const trace of traces)
    for (const rule of trace) rules.push({ shape: shapes.numberOf(rule), marks: marksOf(rule) })
  writer.add(
    'trace',
    traces.map(trace => ({ rules: trace.length })),
  )
  writer.add('rule', rules)
  writer.add('shape', shapes.list)
  writer.add(
    'test',
    shapes.tests.map(test => ({ test })),
  )
  writer.add('facts', factsOf(traces, new Set(shapes.tests.map(({ fact }) => fact))))
}

/** The inverse of `addTraces`. */
export function readTraces(reader: RecordReader): Traces {
  const rules = reader.read<RuleRecord>('rule')
  const shapes = reader.read<Shape>('shape')
  const tests = reader.read<{ test: Test }>('test').map(({ test }) => test)
  const facts = reader.read<FactsRecord>('facts')
  let at = 0
  return reader.read<{ rules: number }>('trace').map(({ rules: count }, i) => {
    at += count
    return rules.slice(at - count, at).map(rule => ruleTrace(rule, { shapes, tests, facts: facts[i] ?? {} }))
  })
}

class Shapes {
  readonly list: Shape[] = []
  readonly tests: Test[] = []
  private readonly numbers = new Map<Test, number>()
  private readonly known = new Map<string, KnownShape[]>()

  /** The number of a rule's shape: by its tests, of which equal ones that are not one are merely written twice. */
  numberOf(rule: RuleTrace): number {
    const key = rule.channels === undefined ? rule.ruleId : `${rule.ruleId} decided`
    const known = this.known.get(key) ?? []
    this.known.set(key, known)
    for (const { no, tests } of known) if (hasTests(rule, tests)) return no
    const no = this.list.push(this.shapeOf(rule)) - 1
    const tests: Test[] = []
    eachTest(rule, ({ test }) => tests.push(test))
    known.push({ no, tests })
    return no
  }

  private shapeOf({ ruleId, all, any, channels }: RuleTrace): Shape {
    const numbers = (traces: readonly TestTrace[]): number[] => traces.map(({ test }) => this.numberOfTest(test))
    const own = channels?.map(({ use, channel, all: tests }) => ({ use, channel, all: numbers(tests) })) ?? null
    return { ruleId, all: numbers(all), any: numbers(any), channels: own }
  }

  private numberOfTest(test: Test): number {
    const no = this.numbers.get(test) ?? this.tests.push(test) - 1
    this.numbers.set(test, no)
    return no
  }
}

/** Visits the tests of a rule, in the order of its marks. There are very many of them, so none is gathered. */
function eachTest({ all, any, channels }: RuleTrace, visit: (trace: TestTrace) => void): void {
  for (const trace of all) visit(trace)
  for (const trace of any) visit(trace)
  if (channels === undefined) return
  for (const channel of channels) for (const trace of channel.all) visit(trace)
}

function hasTests(rule: RuleTrace, tests: readonly Test[]): boolean {
  let at = 0
  let areSame = true
  eachTest(rule, ({ test }) => {
    areSame &&= tests[at++] === test
  })
  return areSame && at === tests.length
}

function marksOf({ holds, all, any, channels }: RuleTrace): string {
  const mark = (thing: Readonly<{ holds: boolean }>): string => (thing.holds ? '1' : '0')
  let marks = mark({ holds })
  for (const test of all) marks += mark(test)
  for (const test of any) marks += mark(test)
  for (const channel of channels ?? []) {
    marks += mark(channel)
    for (const test of channel.all) marks += mark(test)
  }
  return marks
}

/** The facts of each unit that its trace tested; null where it tested one of them not. */
function factsOf(traces: Traces, names: ReadonlySet<FactName>): readonly FactsRecord[] {
  const nothing = Object.fromEntries([...names].map(name => [name, null])) as FactsRecord
  return traces.map(trace => {
    const facts: Partial<Record<FactName, FactValue>> = { ...nothing }
    for (const rule of trace) {
      eachTest(rule, ({ test: { fact }, value }) => {
        const known = facts[fact]
        invariant(known === null || known === value, 'a fact has one value within a trace')
        facts[fact] = value
      })
    }
    return facts
  })
}

type TraceGround = Readonly<{ shapes: readonly Shape[]; tests: readonly Test[]; facts: FactsRecord }>

function ruleTrace({ shape: no, marks }: RuleRecord, { shapes, tests, facts }: TraceGround): RuleTrace {
  const shape = shapes[no]
  if (shape === undefined)
    throw new AppError('store/corrupt', 'a trace in the project file names no rule', { shape: no })
  let at = 0
  const mark = (): boolean => marks[at++] === '1'
  const traced = (number: number): TestTrace => {
    const test = tests[number] as Test // numbers were given out by addTraces
    return { test, value: facts[test.fact] ?? null, holds: mark() }
  }
  const rule = { ruleId: shape.ruleId, holds: mark(), all: shape.all.map(traced), any: shape.any.map(traced) }
  if (shape.channels === null) return rule
  const channels = shape.channels.map(({ use, channel, all }) => ({
    use,
    channel,
    holds: mark(),
    all: all.map(traced),
  }))
  return { ...rule, channels: channels as readonly ChannelTrace[] } // as marksOf and shapeOf took them apart
}
