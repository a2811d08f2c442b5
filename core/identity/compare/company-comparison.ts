import { bitsOfPrecision, genericityMalus, MOST_SHARING_RECORDS } from '../bits.ts'
import type { CompanyTable } from '../columns/company-table.ts'
import { countsOf } from '../columns/dictionary.ts'
import type { CodeLists } from '../columns/list.ts'
import type { OrganisationColumns } from '../columns/organisation-columns.ts'
import { COMPANY_WEIGHTS } from '../weigh/company-weights.ts'
import { frequencySteps, highest, MOST_ATTRIBUTE_STEPS, STEPS_PER_BIT, stepsOf } from '../weigh/steps.ts'
import {
  bothValues,
  type Comparison,
  levelOf,
  levelRanks,
  levelSet,
  MAY_IDENTIFY,
  NOTHING,
  packed,
  stepsIn,
} from './comparison.ts'
import { TOKENS, tokenClasses } from './token-classes.ts'

const LEVELS = [
  'nothing',
  'different',
  'some words',
  'initials of the other',
  'most words',
  'one name within the other',
  'same words',
  'same name',
  'same website',
  'same website, like name',
  'same website, same name',
] as const
const RANK = levelRanks(LEVELS)
const DIFFERENT = RANK.different
const SOME = RANK['some words']
const INITIALS = RANK['initials of the other']
const MOST = RANK['most words']
const WITHIN = RANK['one name within the other']
const SAME_WORDS = RANK['same words']
const SAME = RANK['same name']
const WEBSITE = RANK['same website']

/** How far the words of two names agree, each word weighed by how rare it is. */
type Overlap = Readonly<{ agreeing: number; ofLess: number; ofMore: number }>

/**
 * Compares names and websites of companies as one group: a domain is paid for once.
 *
 *   words: sum over agreeing words of log2(N / (c - 1.5)), times what the level leaves of it, at most +16
 *
 * Words that say little (`group`, `technologies`) weigh a quarter. A website that two records share is an identifier, by
 * itself as sure as .93, with a like name .985, with the same name .995; genericity costs it as it does for persons.
 *
 * @param columns records
 * @param unknownOthers others that are thought to carry a name which only two records do
 * @param weights of the levels
 *
 * Source: docs/methods/identity.md, "Names of companies".
 */
export function companyComparison(
  columns: OrganisationColumns,
  unknownOthers: number,
  weights = COMPANY_WEIGHTS,
): Comparison {
  const { companies, company, domain, domains } = columns
  const byName = companyNames(companies, { size: columns.size, unknownOthers }, weights)
  const sharing = countsOf(domain.codes, domains.texts.length)
  const steps = [weights['same website'], weights['same website, like name'], weights['same website, same name']].map(
    ({ precision }) => bitsOfPrecision(precision),
  )
  return {
    name: 'company',
    levels: LEVELS,
    most: MOST_ATTRIBUTE_STEPS,
    reach: (a, b) => (sharedCode(domain, a, b) === 0 ? MOST_ATTRIBUTE_STEPS : MAY_IDENTIFY),
    compare: (a, b) => {
      const names = byName(company[a] as number, company[b] as number) // one name per record
      const shared = sharedCode(domain, a, b)
      const count = sharing[shared] as number
      if (shared === 0 || count > MOST_SHARING_RECORDS) return names
      const level = levelOf(names)
      const rank = level >= SAME_WORDS ? 2 : level >= MOST ? 1 : 0
      const bits = (steps[rank] as number) - genericityMalus(count)
      return packed(WEBSITE + rank, stepsOf(bits) + (level === DIFFERENT ? stepsIn(names) : 0))
    },
    value: (a, b) => bothValues(shownName(columns, a), shownName(columns, b)),
    identifiers: levelSet(LEVELS, ['same website', 'same website, like name', 'same website, same name']),
    conflicts: levelSet(LEVELS, ['different']),
    guesses: 0,
  }
}

/**
 * Compares two names of companies by their codes.
 *
 * @param companies the table of names
 * @param ground N, records that the counts come from; others that are thought to carry a name which only two do
 * @param weights of the levels
 * @returns packed level and steps
 *
 * Source: docs/methods/identity.md, "Names of companies".
 */
export function companyNames(
  companies: CompanyTable,
  { size, unknownOthers }: Readonly<{ size: number; unknownOthers: number }>,
  weights = COMPANY_WEIGHTS,
): (x: number, y: number) => number {
  const { compact, compactCount, word, initials, isWeak, wordCount, words } = companies
  const same = frequencySteps(weights['same name'].m, size, highest(compactCount), { unknown: unknownOthers })
  const rarity = wordSteps(wordCount, isWeak, size)
  const classOf = tokenClasses(words.texts, () => false)
  const fixed = { different: stepsOf(weights.different.bits), initials: stepsOf(weights['initials of the other'].bits) }
  const overlap = (x: number, y: number): Overlap => {
    const [less, more] = weightOf(word, x, rarity) <= weightOf(word, y, rarity) ? [x, y] : [y, x]
    let agreeing = 0
    for (let i = word.offsets[less] as number; i < (word.offsets[less + 1] as number); i++) {
      const own = word.codes[i] as number
      agreeing += (rarity[own] as number) * bestIn(word, own, more, classOf)
    }
    return { agreeing, ofLess: weightOf(word, less, rarity), ofMore: weightOf(word, more, rarity) }
  }
  return (x, y) => {
    const [c, d] = [compact[x] as number, compact[y] as number]
    if (c === 0 || d === 0) return NOTHING
    if (c === d) return packed(SAME, same[compactCount[c] as number] as number)
    if ((initials[x] !== 0 && initials[x] === d) || (initials[y] !== 0 && initials[y] === c))
      return packed(INITIALS, fixed.initials)
    const { agreeing, ofLess, ofMore } = overlap(x, y)
    const level = overlapLevel(agreeing / Math.max(ofLess, 1), agreeing / Math.max(ofMore, 1))
    if (level === DIFFERENT) return packed(level, fixed.different)
    const share = weights[LEVELS[level] as 'same words'].share
    return packed(
      level,
      Math.min(Math.round(agreeing * share), MOST_ATTRIBUTE_STEPS, (same[2] as number) - STEPS_PER_BIT),
    )
  }
}

function overlapLevel(shareOfLess: number, shareOfMore: number): number {
  if (shareOfMore >= 0.9) return SAME_WORDS
  if (shareOfLess >= 0.9) return WITHIN
  if (shareOfMore >= 0.55) return MOST
  return shareOfLess >= 0.45 ? SOME : DIFFERENT
}

/** 1 where the name has the word, less where it has a like one. */
function bestIn(
  { offsets, codes }: CodeLists,
  own: number,
  name: number,
  classOf: (a: number, b: number) => number,
): number {
  let best = 0
  for (let i = offsets[name] as number; i < (offsets[name + 1] as number); i++) {
    const found = classOf(own, codes[i] as number)
    if (found === TOKENS.same) return 1
    if (found === TOKENS.similar) best = Math.max(best, 0.8)
    if (found === TOKENS.alike) best = Math.max(best, 0.4)
  }
  return best
}

function weightOf({ offsets, codes }: CodeLists, name: number, rarity: Float64Array): number {
  let sum = 0
  for (let i = offsets[name] as number; i < (offsets[name + 1] as number); i++)
    sum += rarity[codes[i] as number] as number
  return sum
}

function wordSteps(wordCount: Uint32Array, isWeak: Uint8Array, size: number): Float64Array {
  return Float64Array.from(wordCount, (count, code) => {
    const bits = Math.max(1, Math.log2(size / Math.max(count - 1.5, 0.5)))
    return stepsOf(isWeak[code] === 1 ? bits / 4 : bits)
  })
}

function sharedCode({ offsets, codes }: CodeLists, a: number, b: number): number {
  for (let i = offsets[a] as number; i < (offsets[a + 1] as number); i++) {
    for (let j = offsets[b] as number; j < (offsets[b + 1] as number); j++)
      if (codes[i] === codes[j]) return codes[i] as number
  }
  return 0
}

function shownName({ companies, company, domain, domains }: OrganisationColumns, record: number): string {
  const code = company[record] ?? 0
  const words = companies.word.codes.subarray(companies.word.offsets[code], companies.word.offsets[code + 1])
  const own = domain.codes.subarray(domain.offsets[record], domain.offsets[record + 1])
  return [...[...words].map(word => companies.words.texts[word]), ...[...own].map(site => domains.texts[site])].join(
    ' ',
  )
}
