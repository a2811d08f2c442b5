import type { Output, Parsed } from '#contract/contract'
import { type JoinedUsers, sharedKeyReader } from '#identity'
import { bitsText } from '#lib/num'
import { type Answers, keyOf } from './answers.ts'
import { cheapestFlip } from './card.ts'
import { namedSteps, sayIn } from './contradictions.ts'
import type { Desk } from './desk.ts'
import { nameBoth } from './names.ts'
import { refusalsBetween } from './refusals-between.ts'
import { type Room, rowOf, thresholdsOf, weighedPair } from './room.ts'
import { userOf } from './whereabouts.ts'
import { decidingWords } from './words.ts'
import { writtenAddresses } from './written-addresses.ts'

type Why = Output<'identity.why'>
type Step = Omit<Why['path'][number], 'names'>

const STEPS_PER_BIT = 16

/** Why two records are or are not one. */
export function whyOf(room: Room, { question, a, b }: Parsed<'identity.why'>): Why {
  return question === 'persons' ? whyUsers(room, a, b) : whyWorkspaces(room, a, b)
}

function whyUsers(room: Room, askedA: string, askedB: string): Why {
  const { desk } = room
  const [{ to: a, sentence: ledA }, { to: b, sentence: ledB }] = [userOf(room, askedA), userOf(room, askedB)]
  const [x, y] = [rowOf(desk, a), rowOf(desk, b)]
  const weighed = weighedPair(room, { question: 'persons', a, b })
  const thresholds = thresholdsOf(room, 'persons')
  const isOne = isOnePerson(desk, a, b)
  const path = x === y ? [] : strongestPath(desk.found.joined, room.answers, [x, y])
  const sharedKeys = [...keysOf(desk)(x, y)]
  return {
    state: room.state,
    pair: { question: 'persons', a, b },
    isOne,
    led: [ledA, ledB].flatMap(sentence => sentence ?? []),
    sentence: userSentence(nameBoth(room.db, ['user', a], ['user', b]), {
      isOne,
      bits: weighed.bits ?? 0,
      path,
      sharedKeys,
      auto: thresholds.auto,
      hasIdentifier: !weighed.lines.some(({ kind }) => kind === 'prior'),
    }),
    compared: sharedKeys.length > 0,
    sharedKeys,
    bits: weighed.bits,
    waterfall: weighed.lines.map(line =>
      line.comparison === 'email' ? { ...line, value: writtenAddresses(room.db, [a, b], line.value) } : line,
    ),
    thresholds,
    path: namedSteps(path, 'persons', sayIn(room.db)),
    refusals: isOne ? [] : refusalsBetween(room, x, y),
    words: decidingWords(room.db, [a, b]),
    cheapestFlip: cheapestFlip(weighed, thresholds),
  }
}

const readers = new WeakMap<Desk, ReturnType<typeof sharedKeyReader>>()

function keysOf(desk: Desk): ReturnType<typeof sharedKeyReader> {
  const found = readers.get(desk) ?? sharedKeyReader(desk.found.joined.details().columns)
  readers.set(desk, found)
  return found
}

type Said = Readonly<{
  isOne: boolean
  bits: number
  path: readonly Step[]
  sharedKeys: readonly string[]
  auto: number
  hasIdentifier: boolean
}>

function userSentence(
  [a, b]: readonly [string, string],
  { isOne, bits, path, sharedKeys, auto, hasIdentifier }: Said,
): string {
  if (isOne && path.length > 1)
    return `${a} and ${b} are one person by way of ${path.length === 2 ? 'one other record' : `${path.length - 1} other records`}.`
  if (isOne) return `${a} and ${b} are one person.`
  if (sharedKeys.length === 0)
    return `${a} and ${b} have nothing in common that would bring them together, so that they were never compared. Compared now, they have ${bitsText(bits)} bits.`
  return bits >= auto
    ? `${a} and ${b} have ${bitsText(bits)} bits, and something keeps their persons apart.`
    : `${a} and ${b} are two persons: ${bitsText(bits)} bits, ${hasIdentifier ? `${bitsText(auto)} are needed` : 'and nothing that identifies agrees'}.`
}

/** The chain whose weakest join is the strongest there is: answers first, then edges by falling bits until the two meet. */
function strongestPath(
  { given: edges, ids }: JoinedUsers,
  { decided }: Answers,
  [from, to]: readonly [number, number],
): readonly Step[] {
  const parent = Uint32Array.from(ids.keys())
  const root = (record: number): number => {
    let at = record
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number // parents are records
      at = parent[at] as number
    }
    return at
  }
  const near = new Map<number, { to: number; step: Omit<Step, 'a' | 'b'> }[]>()
  const join = (x: number, y: number, step: Omit<Step, 'a' | 'b'>): void => {
    if (root(x) === root(y)) return
    parent[root(x)] = root(y)
    near.set(x, [...(near.get(x) ?? []), { to: y, step }])
    near.set(y, [...(near.get(y) ?? []), { to: x, step }])
  }
  const rows = new Map(ids.map((id, row) => [id, row]))
  for (const { pair, decision } of decided.values()) {
    const [x, y] = [rows.get(pair.a), rows.get(pair.b)]
    if (pair.question !== 'persons' || decision.answer !== 'same' || x === undefined || y === undefined) continue
    join(x, y, { by: 'must_link', decisionNo: decision.decisionNo, bits: null })
  }
  const barred = new Set(
    [...decided].flatMap(([key, { pair, decision }]) =>
      pair.question === 'persons' && decision.answer === 'different' ? [key] : [],
    ),
  )
  for (let edge = 0; edge < edges.steps.length && root(from) !== root(to); edge++) {
    const [x, y] = [edges.a[edge] as number, edges.b[edge] as number] // one of each per edge
    if (barred.size > 0 && barred.has(keyOf({ question: 'persons', a: ids[x] ?? '', b: ids[y] ?? '' }))) continue
    join(x, y, { by: 'evidence', decisionNo: null, bits: (edges.steps[edge] as number) / STEPS_PER_BIT })
  }
  return root(from) === root(to) ? walk(near, ids, [from, to]) : []
}

function walk(
  near: ReadonlyMap<number, readonly { to: number; step: Omit<Step, 'a' | 'b'> }[]>,
  ids: readonly string[],
  [from, to]: readonly [number, number],
): Step[] {
  const reached = new Map<number, { at: number; step: Omit<Step, 'a' | 'b'> } | null>([[from, null]])
  for (const at of reached.keys())
    for (const { to: next, step } of near.get(at) ?? []) if (!reached.has(next)) reached.set(next, { at, step })
  const path: Step[] = []
  for (let at = to, before = reached.get(to) ?? null; before !== null; at = before.at, before = reached.get(at) ?? null)
    path.unshift({ a: ids[before.at] ?? '', b: ids[at] ?? '', ...before.step })
  return path
}

function isOnePerson({ found: { personOfUser } }: Desk, a: string, b: string): boolean {
  return personOfUser.get(a) === personOfUser.get(b)
}

function whyWorkspaces(room: Room, a: string, b: string): Why {
  const pair = { question: 'workspaces', a, b } as const
  const weighed = weighedPair(room, pair)
  const thresholds = thresholdsOf(room, 'workspaces')
  const isOne = room.desk.found.mergedWorkspaces.some(group => group.includes(a) && group.includes(b))
  const isKnown = room.index.links.has(keyOf(pair))
  const [left, right] = nameBoth(room.db, ['workspace', a], ['workspace', b])
  const relation = weighed.relation === null ? 'nothing' : weighed.relation.replace('-', ' ')
  return {
    state: room.state,
    pair,
    isOne,
    led: [],
    sentence: isOne
      ? `${left} and ${right} are one unit by decision.`
      : isKnown
        ? `${left} and ${right} are two units; the evidence says ${relation}${weighed.bits === null ? '' : ` at ${bitsText(weighed.bits)} bits`}.`
        : `${left} and ${right} share nothing that would bring them together.`,
    compared: isKnown,
    sharedKeys: weighed.lines.filter(({ bits }) => bits > 0).map(({ comparison }) => comparison.replaceAll('_', ' ')),
    bits: weighed.bits,
    waterfall: [...weighed.lines],
    thresholds,
    path: [],
    refusals: [],
    words: [],
    cheapestFlip: isKnown ? cheapestFlip(weighed, thresholds) : null,
  }
}
