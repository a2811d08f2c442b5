import { valuesOf } from '../block/gathered-values.ts'
import { isNickname, knownGivenNames, NAME_KIND } from '../columns/name-table.ts'
import type { PersonColumns } from '../columns/person-columns.ts'
import { PERSON_WEIGHTS } from '../weigh/person-weights.ts'
import {
  frequencySteps,
  highest,
  MOST_ATTRIBUTE_STEPS,
  STEPS_PER_BIT,
  stepsOf,
  UNKNOWN_OTHERS,
} from '../weigh/steps.ts'
import { bothValues, type Comparison, levelOf, levelRanks, levelSet, NOTHING, packed } from './comparison.ts'
import { TOKENS, tokenClasses } from './token-classes.ts'

const LEVELS = [
  'nothing',
  'different',
  'only the given name',
  'only the family name',
  'a given name alone',
  'alike',
  'given name in another form',
  'similar',
  'middle names differ',
  'first and last word swapped',
  'same name',
] as const
const RANK = levelRanks(LEVELS)
const DIFFERENT = RANK.different
const ONLY_GIVEN = RANK['only the given name']
const ONLY_FAMILY = RANK['only the family name']
const GIVEN_ALONE = RANK['a given name alone']
const ALIKE = RANK.alike
const ANOTHER_FORM = RANK['given name in another form']
const SIMILAR = RANK.similar
const MIDDLE = RANK['middle names differ']
const SWAPPED = RANK['first and last word swapped']
const SAME = RANK['same name']
/** Names go together within a language: more people share one than its parts alone would make meet. */
const COMPANIONSHIP = 5
/** One name in sixteen is written with a slip: what inexact whole names stay below the rarest. */
const INEXACT_STEPS = 4 * STEPS_PER_BIT
/** One in nine with a short form or an initial of the given name. */
const SHORT_FORM_STEPS = 3 * STEPS_PER_BIT

/** A given name alone is thousands of people's, however few of them are in the data. */
const MOST_GIVEN_ALONE_STEPS = 4 * STEPS_PER_BIT

type Weights = typeof PERSON_WEIGHTS

/**
 * Compares full names: whole names by how many people carry them, else part by part, in either order.
 *
 *   whole: log2(m / u), u = (max(e, min(c - 2, 5 e)) + 0.5) / N, e = others that the parts alone would make meet by chance
 *
 * so that the records of one person with a rare name do not count as other people. Parts: given and family name each by
 * its level; never more than the rarest whole name less four bits, or less three beside the same family name where the given
 * name is a short form or an initial. A family name with another given name speaks against; with another form of it, it is a guess.
 * A bare word that is known as a given name and is the other's, too, weighs by how many have it, at most four bits; other bare
 * words and generic names are not compared.
 *
 * @param columns records
 * @param weights of the levels
 * @param unknownOthers what is added to e: others that carry a name where nothing is known of its parts
 *
 * Source: docs/methods/identity.md, "Names".
 */
export function nameComparison(
  columns: PersonColumns,
  weights: Weights = PERSON_WEIGHTS,
  unknownOthers = UNKNOWN_OTHERS,
): Comparison {
  const { names, name, size } = columns
  const core = name.map(code => names.core[code] as number) // codes lie within their tables
  const rarest = Math.min(
    MOST_ATTRIBUTE_STEPS,
    stepsOf(Math.log2((weights.name['same name'].m * size) / unknownOthers)),
  )
  const classOf = tokenClasses(names.tokens.texts, (a, b) => isNickname(names, a, b))
  const fixed = fixedSteps(weights)
  const whole = wholeNames(columns, { classOf, fixed, m: weights.name['same name'].m, unknownOthers })
  const inParts = namesInParts(columns, { classOf, fixed, part: partSteps(columns, weights), rarest })
  // A short form of the given name stays nearest to the rarest whole name; fixed steps may be set above that.
  const alone = givenNamesAlone(columns, weights.name['a given name alone'].m)
  const best = Math.max(rarest - SHORT_FORM_STEPS, MOST_GIVEN_ALONE_STEPS, fixed.different, fixed.family, fixed.given)
  const inexact = best + Math.max(0, fixed.swapped)
  return {
    name: 'name',
    levels: LEVELS,
    most: Math.max(rarest, inexact),
    reach: (a, b) => {
      const own = core[a] as number // one core per record
      return own !== 0 && own === core[b] ? rarest : inexact
    },
    apart: { steps: inexact, values: [valuesOf(core)] },
    compare: (a, b) => {
      const own = core[a] as number // one core per record
      if (own !== 0 && own === core[b]) return whole(name[a] as number, name[b] as number)
      return alone.isAlone(a) || alone.isAlone(b) ? alone.compare(a, b) : inParts(a, b)
    },
    value: (a, b) => bothValues(shown(columns, a), shown(columns, b)),
    identifiers: 0,
    conflicts: levelSet(LEVELS, ['different', 'only the family name', 'middle names differ']),
    // Daniel and Daniela, and Sasha, who may be either's, are one family.
    guesses: levelSet(LEVELS, ['given name in another form', 'alike']),
  }
}

type Fixed = ReturnType<typeof fixedSteps>
type Classes = Readonly<{ classOf: (a: number, b: number) => number; fixed: Fixed }>

/** Two names of the same words, by how many people carry them. */
function wholeNames(
  columns: PersonColumns,
  { classOf, fixed, m, unknownOthers }: Classes & Readonly<{ m: number; unknownOthers: number }>,
): (x: number, y: number) => number {
  const { size, names } = columns
  const { given, middle } = names
  const othersOf = othersByName(columns)
  // Codes lie within their tables.
  return (x, y) => {
    const first = given[x] as number
    const steps = Math.min(stepsOf(Math.log2((m * size) / (othersOf(x) + unknownOthers))), MOST_ATTRIBUTE_STEPS)
    if (classOf(middle[x] as number, middle[y] as number) === TOKENS.different)
      return packed(MIDDLE, steps + fixed.middle)
    return given[y] === first ? packed(SAME, steps) : packed(SWAPPED, steps + fixed.swapped)
  }
}

/**
 * Other people that carry a full name, by its code: as in `nameComparison`, without those that nothing is known of.
 *
 * Source: docs/methods/identity.md, "Names".
 */
export function othersByName({ names, size }: Pick<PersonColumns, 'names' | 'size'>): (x: number) => number {
  const { given, family, core, coreCount, givenCount, familyCount } = names
  // Codes lie within their tables.
  return x => {
    const count = coreCount[core[x] as number] as number
    const byGiven = Math.max(0, (givenCount[given[x] as number] as number) - count)
    const byParts = (byGiven * Math.max(0, (familyCount[family[x] as number] as number) - count)) / size
    return Math.max(0, byParts, Math.min(count - 2, COMPANIONSHIP * byParts))
  }
}

type Parts = Classes & Readonly<{ part: ReturnType<typeof partSteps>; rarest: number }>

/** Two names part by part, in the order in which they fit better. */
function namesInParts(
  { names, name }: PersonColumns,
  { classOf, fixed, part, rarest }: Parts,
): (a: number, b: number) => number {
  // What is no name at all has no parts; gathered by record, since every pair asks for them.
  const partsOf = (table: Uint32Array): Uint32Array =>
    name.map(code => ((names.kind[code] as number) < NAME_KIND.part ? 0 : (table[code] as number)))
  const [given, family] = [partsOf(names.given), partsOf(names.family)]
  const mostOf = (g: number, f: number): number => {
    const isShort = f === TOKENS.same && (g === TOKENS.nickname || g === TOKENS.initial)
    return Math.max(0, rarest - (isShort ? SHORT_FORM_STEPS : INEXACT_STEPS))
  }
  const judged = (g: number, f: number, first: number, last: number): number => {
    if (g === TOKENS.different)
      return f <= TOKENS.different ? packed(DIFFERENT, fixed.different) : packed(ONLY_FAMILY, fixed.family)
    if (f === TOKENS.different)
      return g === TOKENS.missing ? packed(DIFFERENT, fixed.different) : packed(ONLY_GIVEN, fixed.given)
    const steps = Math.min(part(g, first, 'given') + part(f, last, 'family'), mostOf(g, f))
    if (g === TOKENS.same || g === TOKENS.missing) return packed(SIMILAR, steps)
    return packed(f === TOKENS.same ? ANOTHER_FORM : ALIKE, steps)
  }
  /** Only a given name on one side, only a family name on the other. */
  const crossed = (a: number, b: number): number => {
    const found = a === 0 || b === 0 ? TOKENS.missing : classOf(a, b)
    return found > TOKENS.initial ? judged(TOKENS.missing, found, 0, a) + fixed.swapped : NOTHING
  }
  // One given and one family name per record.
  return (a, b) => {
    const [first, last] = [given[a] as number, family[a] as number]
    const [otherFirst, otherLast] = [given[b] as number, family[b] as number]
    const [g, f] = [classOf(first, otherFirst), classOf(last, otherLast)]
    if (g === TOKENS.missing && f === TOKENS.missing) return crossed(first || last, otherFirst || otherLast)
    if (g !== TOKENS.different && f !== TOKENS.different) return judged(g, f, first, last)
    const h = classOf(first, otherLast)
    const k = h > TOKENS.initial ? classOf(last, otherFirst) : TOKENS.different
    return k > TOKENS.initial ? judged(h, k, first, last) + fixed.swapped : judged(g, f, first, last)
  }
}

/** Bare words that are given names: the nickname list has them, or two full names do. */
function givenNamesAlone({ names, name, size }: PersonColumns, m: number) {
  const { kind, given, givenCount } = names
  const isKnown = knownGivenNames(names, name)
  const steps = frequencySteps(m, size, highest(givenCount))
  // One name per record; codes lie within their tables, counts within theirs.
  const isBare = name.map(code => (kind[code] === NAME_KIND.bare && isKnown[given[code] as number] === 1 ? 1 : 0))
  return {
    isAlone: (record: number): boolean => isBare[record] === 1,
    compare: (a: number, b: number): number => {
      const [x, y] = [name[a] as number, name[b] as number]
      const word = given[x] as number
      const isOne = word === given[y] && (isBare[a] === 1 || kind[x] === NAME_KIND.full)
      if (!isOne || (isBare[b] === 0 && kind[y] !== NAME_KIND.full)) return NOTHING
      const found = steps[givenCount[word] as number] as number
      return packed(GIVEN_ALONE, Math.max(0, Math.min(found, MOST_GIVEN_ALONE_STEPS)))
    },
  }
}

/**
 * Do two records bear the names of two people?
 *
 * @param names as `nameComparison` gives it
 *
 * Source: docs/methods/identity.md, "Names".
 */
export function isAnotherName(names: Comparison, a: number, b: number): boolean {
  const level = levelOf(names.compare(a, b))
  return level >= DIFFERENT && level <= ONLY_FAMILY
}

/**
 * The same, where one given name with two family names may be one person, who married or bears both.
 *
 * @param names as `nameComparison` gives it
 *
 * Source: docs/methods/identity.md, "Pairs".
 */
export function isAnotherGivenName(names: Comparison, a: number, b: number): boolean {
  return isAnotherName(names, a, b) && levelOf(names.compare(a, b)) !== ONLY_GIVEN
}

function shown({ names, name }: PersonColumns, record: number): string {
  const code = name[record] as number // one name per record
  const parts = [names.given[code], names.middle[code], names.family[code]]
  return parts
    .map(token => names.tokens.texts[token ?? 0])
    .filter(text => text !== '')
    .join(' ')
}

function fixedSteps({ name }: Weights) {
  return {
    different: stepsOf(name.different.bits),
    family: stepsOf(name['only the family name'].bits),
    given: stepsOf(name['only the given name'].bits),
    middle: stepsOf(name['middle names differ'].bits),
    swapped: stepsOf(name['first and last word swapped'].bits),
  }
}

/** Steps of one part of a name by its class; an inexact agreement in a common name says less than an exact one. */
function partSteps({ names, size }: PersonColumns, weights: Weights) {
  const tables = {
    given: frequencySteps(weights.given.same.m, size, highest(names.givenCount)),
    family: frequencySteps(weights.family.same.m, size, highest(names.familyCount)),
  }
  const counts = { given: names.givenCount, family: names.familyCount }
  const inexact = {
    given: classSteps(weights.given, weights.given.nickname.bits),
    family: classSteps(weights.family, weights.family.alike.bits),
  }
  return (found: number, token: number, part: 'given' | 'family'): number => {
    if (found === TOKENS.missing) return 0
    const exact = tables[part][counts[part][token] as number] as number // counts are within the table
    if (found === TOKENS.same) return exact
    return Math.max(0, Math.min(inexact[part][found] as number, exact - STEPS_PER_BIT))
  }
}

function classSteps(
  { initial, alike, similar }: Record<'initial' | 'alike' | 'similar', Readonly<{ bits: number }>>,
  nickname: number,
): Int32Array {
  const steps = new Int32Array(TOKENS.same + 1)
  steps[TOKENS.initial] = stepsOf(initial.bits)
  steps[TOKENS.alike] = stepsOf(alike.bits)
  steps[TOKENS.similar] = stepsOf(similar.bits)
  steps[TOKENS.nickname] = stepsOf(nickname)
  return steps
}
