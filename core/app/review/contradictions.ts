import type { Output } from '#contract/contract'
import { DECIDED_STEPS, REFUSALS } from '#identity'
import { withoutAnswer } from './answered-persons.ts'
import { type Answer, type Answers, type Given, keyOf, type Pair, type PersonsApart } from './answers.ts'
import type { Desk } from './desk.ts'
import { leftObject, nameBoth, rightObject } from './names.ts'
import type { Room } from './room.ts'

type Contradiction = Output<'identity.overview'>['contradictions'][number]
type Path = Contradiction['path']
type Step = Omit<Path[number], 'names'>

/** Records that links lead to, each with the last step of the shortest chain. */
type Reached = ReadonlyMap<string, Step | null>

/** How sentences say the two records of a pair. */
export type SayPair = (pair: Pair) => readonly [string, string]

/** Links and bars that answers put between records of one question. */
export class LinkGraph {
  private readonly links = new Map<string, Step[]>()
  private readonly bars: Step[] = []
  /** Bars between all users of two persons. */
  private readonly apart: readonly PersonsApart[]
  private readonly question: Pair['question']
  private readonly say: SayPair

  /** @param answers those that hold, the one about `except` left out */
  constructor(
    answers: Answers,
    question: Pair['question'],
    { except, say }: Readonly<{ except: Pair | null; say: SayPair }>,
  ) {
    this.question = question
    this.say = say
    const left = except === null ? null : keyOf(except)
    for (const [key, given] of answers.decided) if (given.pair.question === question && key !== left) this.add(given)
    const isHeld = ({ key }: PersonsApart): boolean => answers.decided.get(key)?.decision.answer === 'different'
    this.apart = question === 'persons' ? withoutAnswer(answers.apart, except).filter(isHeld) : []
  }

  /** The chain that an answer cannot hold beside; null where it can. */
  against({ pair, answer, relation }: Answer): Contradiction | null {
    const { a, b } = pair
    const isLink = answer === 'same' && (relation === undefined || relation === 'merge')
    const isBar = answer === 'different' || relation === 'unrelated'
    if (isLink) return this.barBetween(pair)
    if (!isBar) return null
    const path = this.chain(a, b)
    if (path === null) return null
    const [left, right] = this.say(pair)
    return {
      pair,
      sentence: `${left} and ${right} cannot be kept apart: earlier answers join them.`,
      path: this.named(path),
    }
  }

  /** The chain over which answers would make one of two records that cannot be; null where nothing stands against a link. */
  meeting(pair: Pair, areTwo: (x: string, y: string) => boolean): Contradiction | null {
    for (const x of this.reached(pair.a).keys())
      for (const y of this.reached(pair.b).keys()) {
        if (!areTwo(x, y)) continue
        const [left, right] = this.say(pair)
        const [one, other] = this.say({ question: this.question, a: x, b: y })
        const sentence = `${left} and ${right} cannot be joined: ${OBSTACLES.unique_id.replace('them', `${one} and ${other}`)}.`
        return {
          pair,
          sentence,
          path: this.named([...(this.chain(x, pair.a) ?? []), ...(this.chain(pair.b, y) ?? [])]),
        }
      }
    return null
  }

  /** Bars that links lead round. */
  broken(): readonly Contradiction[] {
    return [...this.bars, ...this.brokenApart()].flatMap(bar => {
      const path = this.chain(bar.a, bar.b)
      if (path === null) return []
      const pair = { question: this.question, a: bar.a, b: bar.b }
      const [left, right] = this.say(pair)
      return [
        {
          pair,
          sentence: `${left} and ${right} are kept apart, and other answers join them.`,
          path: this.named([...path, bar]),
        },
      ]
    })
  }

  private barBetween(pair: Pair): Contradiction | null {
    const [own, others] = [this.reached(pair.a), this.reached(pair.b)]
    const bar = this.barOf(own, others)
    if (bar === null) return null
    const { a: x, b: y } = bar
    const [left, right] = this.say(pair)
    const [one, other] = this.say({ question: this.question, a: x, b: y })
    const sentence = `${left} and ${right} cannot be joined: an earlier answer keeps ${one} and ${other} apart.`
    return { pair, sentence, path: this.named([...this.walkBack(own, x), bar, ...(this.chain(y, pair.b) ?? [])]) }
  }

  /** The first bar that leads from some records to others. */
  private barOf(own: Reached, others: Reached): Step | null {
    for (const bar of this.bars) {
      if (own.has(bar.a) && others.has(bar.b)) return bar
      if (own.has(bar.b) && others.has(bar.a)) return { ...bar, a: bar.b, b: bar.a }
    }
    for (const { sides, decisionNo } of this.apart)
      for (const [from, to] of [sides, sides.toReversed()]) {
        const a = [...own.keys()].find(user => from?.has(user))
        const b = [...others.keys()].find(user => to?.has(user))
        if (a !== undefined && b !== undefined) return barred(a, b, decisionNo)
      }
    return null
  }

  /** Bars between users of two persons that links lead round: looked for from users that have links. */
  private brokenApart(): readonly Step[] {
    return this.apart.flatMap(({ answered, sides: [left, right], decisionNo }) =>
      [...left].flatMap(a => {
        if (!this.links.has(a)) return []
        const met = [...this.reached(a).keys()].filter(b => right.has(b) && !(a === answered.a && b === answered.b))
        return met.map(b => barred(a, b, decisionNo))
      }),
    )
  }

  private named(steps: readonly Step[]): Path {
    return namedSteps(steps, this.question, this.say)
  }

  private add({ pair: { a, b }, decision: { decisionNo, answer, relation } }: Given): void {
    if (answer === 'different' || relation === 'unrelated') {
      this.bars.push(barred(a, b, decisionNo))
      return
    }
    if (answer !== 'same' || (relation !== null && relation !== 'merge')) return
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const own = this.links.get(from) ?? []
      own.push({ a: from, b: to, by: 'must_link', decisionNo, bits: null })
      this.links.set(from, own)
    }
  }

  /** The shortest chain of links; empty from a record to itself, null where there is none. */
  private chain(from: string, to: string): readonly Step[] | null {
    const reached = this.reached(from)
    return reached.has(to) ? this.walkBack(reached, to) : null
  }

  /** All that links lead to, the record itself first, each with the last step of the shortest chain. */
  private reached(from: string): Reached {
    const reached = new Map<string, Step | null>([[from, null]])
    for (const at of reached.keys())
      for (const step of this.links.get(at) ?? []) if (!reached.has(step.b)) reached.set(step.b, step)
    return reached
  }

  private walkBack(reached: Reached, to: string): readonly Step[] {
    const path: Step[] = []
    for (let step = reached.get(to) ?? null; step !== null; step = reached.get(step.a) ?? null) path.unshift(step)
    return path
  }
}

function barred(a: string, b: string, decisionNo: number): Step {
  return { a, b, by: 'cannot_link', decisionNo, bits: null }
}

/** Steps of a chain with how sentences say the records of each. */
export function namedSteps(steps: readonly Step[], question: Pair['question'], say: SayPair): Path {
  return steps.map(step => {
    const [left, right] = say({ question, a: step.a, b: step.b })
    return { ...step, names: [left, right] }
  })
}

/** The answer that makes a billing record the company of another account: it is of one alone. Null where there is none. */
export function otherAccountOf(
  { desk, answers, db }: Pick<Room, 'desk' | 'answers' | 'db'>,
  pair: Pair,
): Contradiction | null {
  const { isBilling } = desk.found.companies
  const [billing, account] = isBilling(pair.a) ? [pair.a, pair.b] : [pair.b, pair.a]
  const say = sayIn(db)
  for (const { pair: given, decision } of answers.decided.values()) {
    if (given.question !== 'companies' || decision.answer !== 'same') continue
    const [own, other] = isBilling(given.a) ? [given.a, given.b] : [given.b, given.a]
    if (own !== billing || other === account) continue
    const [left, right] = say(given)
    const rule =
      'A billing record is of one account; take that answer back first, or see whether both accounts are one in the CRM'
    return {
      pair,
      sentence: `An earlier answer makes ${left} and ${right} one company. ${rule}.`,
      path: [
        {
          a: given.a,
          b: given.b,
          names: [left, right],
          by: 'must_link',
          decisionNo: decision.decisionNo,
          bits: null,
        },
      ],
    }
  }
  return null
}

/** Names of both records with what tells them apart. */
export function sayIn(db: Room['db']): SayPair {
  return ({ question, a, b }) => nameBoth(db, [leftObject(question), a], [rightObject(question), b])
}

const OBSTACLES: Readonly<Record<(typeof REFUSALS)[number], string>> = {
  cannot_link: 'an answer keeps their persons apart',
  unique_id: 'one provider gave them two SSO subjects',
  too_many_ids: 'the person would have more than five addresses or twenty devices',
  too_large: 'the person would have more than 200 records',
  weak_bridge: 'the evidence between two groups is weak',
}

/** Answers that cannot hold: those that other answers contradict, and those that the data refuse. */
export function contradictionsOf({
  desk,
  answers,
  db,
}: Pick<Room, 'desk' | 'answers' | 'db'>): readonly Contradiction[] {
  const say = sayIn(db)
  const broken = (['persons', 'workspaces'] as const).flatMap(question =>
    new LinkGraph(answers, question, { except: null, say }).broken(),
  )
  const { ids, forest } = desk.found.joined
  const { refusals } = forest
  const refused: Contradiction[] = []
  for (let i = 0; i < refusals.steps.length && refusals.steps[i] === DECIDED_STEPS; i++) {
    const [a, b] = [ids[refusals.a[i] ?? 0] ?? '', ids[refusals.b[i] ?? 0] ?? '']
    const pair = { question: 'persons', a, b } as const
    const decisionNo = answers.decided.get(keyOf(pair))?.decision.decisionNo ?? null
    const reason = OBSTACLES[REFUSALS[refusals.reason[i] ?? 0] ?? 'cannot_link']
    if (reason === OBSTACLES.cannot_link && broken.length > 0) continue
    const [left, right] = say(pair)
    const path: Path = [{ a, b, names: [left, right], by: 'must_link', decisionNo, bits: null }]
    refused.push({
      pair,
      sentence: `${left} and ${right} were answered with the same, and stay apart: ${reason}.`,
      path,
    })
  }
  return [...broken, ...refused]
}

/** Why no answer can make two records one, or, of companies, keep them apart; null where one can. */
export function obstacleOf({ found, rowOf }: Desk, { question, a, b }: Pair): string | null {
  if (question === 'companies') {
    const isPair = found.companies.isBilling(a) !== found.companies.isBilling(b)
    return isPair ? null : 'one has to be a billing record, such as a customer of Stripe, and the other one an account'
  }
  return question === 'persons' && haveTwoSubjects({ found, rowOf }, a, b) ? OBSTACLES.unique_id : null
}

/** Did one provider give two users two SSO subjects? */
export function haveTwoSubjects({ found, rowOf }: Pick<Desk, 'found' | 'rowOf'>, a: string, b: string): boolean {
  const [x, y] = [rowOf.get(a), rowOf.get(b)]
  if (x === undefined || y === undefined) return false
  const { scopes, codes } = found.joined.limits.subjects
  return codes[x] !== 0 && codes[y] !== 0 && scopes[x] === scopes[y] && codes[x] !== codes[y]
}
