import { applyRules, type Facts, testHolds } from '#route'
import type { ScoringModel } from '#schema/model'
import { DESTINATIONS, type FactName, type RoutingPolicy, type Test } from '#schema/policy'
import { stageOf } from '#score'

/** Scores go from 0 to 100 by tenths. */
const STEPS = 1001
/** No destination: worked out when a unit first asks. */
const UNKNOWN = 0xff

/** What the rules of a policy see of every unit beside its score: units that no test tells apart are one kind. */
export type FactKinds = Readonly<{
  /** Kind per unit. */
  ofUnit: Uint32Array
  /** One bearer of each kind; its score and stage are not read. */
  facts: readonly Facts[]
}>

/** Rules of a policy with the stages of a model: together they say what a score comes to. */
type Rulebook = Readonly<{ policy: RoutingPolicy; stages: ScoringModel['stages'] }>

/**
 * Sorts units by which tests hold for them, those of the score and of the stage aside.
 *
 * @param facts  of every unit, in their order
 * @param policy or any other that differs in the figures its tests of the score ask for
 * @param known  bearers of the kinds of other units, which keep their numbers
 *
 * Source: docs/methods/simulate.md, "Destinations".
 */
export function factKinds(facts: Iterable<Facts>, policy: RoutingPolicy, known: readonly Facts[] = []): FactKinds {
  const tests = testsOf(policy).filter(({ fact }) => !isOfScore(fact))
  const keyOf = (own: Facts): string => tests.map(test => (testHolds(test, own[test.fact]) ? '1' : '0')).join('')
  const bearers: Facts[] = [...known]
  const codes = new Map(known.map((own, code) => [keyOf(own), code]))
  const ofUnit: number[] = []
  for (const own of facts) {
    const key = keyOf(own)
    const code = codes.get(key) ?? codes.size
    if (code === codes.size) {
      codes.set(key, code)
      bearers.push(own)
    }
    ofUnit.push(code)
  }
  return { ofUnit: Uint32Array.from(ofUnit), facts: bearers }
}

/**
 * Destinations of all units under rules and stages that change: each (kind of facts, kind of score) is ruled on once, whatever
 * the figures of the rules become.
 *
 *   destination(u) = ruling(facts of u's kind, score and stage of u)
 *
 * A score is a tenth between 0 and 100; scores that no test of score or stage tells apart are one kind. So a pass over units
 * is two lookups each, and equal to `applyRules` of every unit.
 *
 * Source: docs/methods/simulate.md, "Destinations".
 */
export class RouteTable {
  private readonly kinds: FactKinds
  private book: Rulebook | null = null
  private byTenth: readonly Ruling[] = []
  /**
   * Position in DESTINATIONS per kind of facts, by which tests of score and stage hold: rules that differ in figures alone rule
   * alike where the same tests hold, so that what was ruled once holds under every scenario.
   */
  private readonly ruled = new Map<string, Uint8Array>()

  constructor(kinds: FactKinds) {
    this.kinds = kinds
  }

  /**
   * Fills where every unit goes.
   *
   * @param tenths rounded scores times ten, in the order of units
   * @param out    takes positions in DESTINATIONS
   */
  fill(tenths: Uint16Array, book: Rulebook, out: Uint8Array): void {
    this.learn(book)
    const { ofUnit } = this.kinds
    const { byTenth } = this
    for (let u = 0; u < tenths.length; u++) {
      // Within range: one kind per unit and per tenth.
      const ruling = byTenth[tenths[u] as number] as Ruling
      const known = ruling.ruled[ofUnit[u] as number] as number
      out[u] = known === UNKNOWN ? this.rule(ruling, ofUnit[u] as number) : known
    }
  }

  /** Where a unit would go with each score: positions in DESTINATIONS by tenths. For few units. */
  byScore(u: number, book: Rulebook): Uint8Array {
    this.learn(book)
    const fact = this.kinds.ofUnit[u] as number // u is a position in units
    return Uint8Array.from(this.byTenth, ruling => this.destinationOf(ruling, fact))
  }

  /**
   * What comes of every score, by tenths. The same score has the same ruling, whatever the figures of the rules, as long as the
   * same tests hold for it.
   */
  rulings(book: Rulebook): readonly Ruling[] {
    this.learn(book)
    return this.byTenth
  }

  /** Position in DESTINATIONS of a kind of facts. @param ruling of the rulings asked for last */
  destinationOf(ruling: Ruling, fact: number): number {
    const known = ruling.ruled[fact] as number // one per kind of facts
    return known === UNKNOWN ? this.rule(ruling, fact) : known
  }

  private learn({ policy, stages }: Rulebook): void {
    const { book } = this
    const isSameStages =
      book?.stages.warm === stages.warm && book.stages.pql === stages.pql && book.stages.hot === stages.hot
    if (book?.policy === policy && isSameStages) return
    this.book = { policy, stages }
    const stretches = stretchesOf(policy, stages)
    const byTenth: Ruling[] = []
    for (const [i, { from, marks }] of stretches.entries()) {
      const ruled = this.ruled.get(marks) ?? new Uint8Array(this.kinds.facts.length).fill(UNKNOWN)
      this.ruled.set(marks, ruled)
      const ruling: Ruling = { score: from / 10, ruled }
      const end = stretches[i + 1]?.from ?? STEPS
      while (byTenth.length < end) byTenth.push(ruling)
    }
    this.byTenth = byTenth
  }

  private rule({ score, ruled }: Ruling, fact: number): number {
    const { book } = this
    const facts = this.kinds.facts[fact] as Facts // every kind has a bearer
    if (book === null) return UNKNOWN
    const ruling = applyRules({ ...facts, score, stage: stageOf(score, book.stages) }, book.policy)
    const destination = DESTINATIONS.indexOf(ruling.destination)
    ruled[fact] = destination
    return destination
  }
}

/** What comes of scores that no test of score or stage tells apart. */
export type Ruling = Readonly<{
  /** One of them. */
  score: number
  /** Position in DESTINATIONS per kind of facts: one object for the same tests that hold. */
  ruled: Uint8Array
}>

/** Scores from a tenth on, up to the next stretch, and which tests of score and stage hold for them, in the order of the rules. */
type Stretch = Readonly<{ from: number; marks: string }>

/** Every score, from 0 on, by which of those tests hold. */
function stretchesOf(policy: RoutingPolicy, stages: ScoringModel['stages']): readonly Stretch[] {
  const tests = testsOf(policy).filter(({ fact }) => isOfScore(fact))
  const isTurn = turnsOf(tests, stages)
  const stretches: Stretch[] = []
  for (let step = 0; step < STEPS; step++) {
    if (isTurn[step] === 0) continue
    const score = step / 10
    const stage = stageOf(score, stages)
    const marks = tests.map(test => (testHolds(test, test.fact === 'score' ? score : stage) ? '1' : '0')).join('')
    if (stretches.at(-1)?.marks !== marks) stretches.push({ from: step, marks })
  }
  return stretches
}

/** 1 per tenth from which on tests may hold otherwise than before: those beside a figure that a test or a stage asks for. */
function turnsOf(tests: readonly Test[], { warm, pql, hot }: ScoringModel['stages']): Uint8Array {
  const isTurn = new Uint8Array(STEPS)
  const ofScore = tests.filter(({ fact }) => fact === 'score').map(({ value }) => value)
  for (const figure of [0, warm, pql, hot, ...ofScore]) {
    if (typeof figure !== 'number') return isTurn.fill(1)
    // All scores lie on one side of it.
    if (figure < 0 || figure > 100) continue
    const step = Math.ceil(figure * 10)
    // Before and after, since ten times a figure may be rounded up.
    for (let near = step - 1; near <= step + 2; near++) isTurn[near] = 1
  }
  return isTurn
}

function isOfScore(fact: FactName): boolean {
  return fact === 'score' || fact === 'stage'
}

/** Every test that decides a destination or a channel beside it, in the order of the rules. */
function testsOf({ rules }: RoutingPolicy): readonly Test[] {
  return rules.flatMap(({ all, any, destinationWhen, also }) => [
    ...all,
    ...any,
    ...destinationWhen.flatMap(one => one.all),
    ...also.flatMap(one => one.all),
  ])
}
