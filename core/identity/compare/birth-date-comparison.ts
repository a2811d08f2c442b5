import { countsOf, createDictionary } from '../columns/dictionary.ts'
import type { PersonColumns } from '../columns/person-columns.ts'
import { PERSON_WEIGHTS } from '../weigh/person-weights.ts'
import { frequencySteps, highest, stepsOf } from '../weigh/steps.ts'
import { bothValues, type Comparison, levelRanks, levelSet, NOTHING, packed } from './comparison.ts'
import { isOneEditApart } from './similarity.ts'

const LEVELS = [
  'nothing',
  'different',
  'year only',
  'two of three parts',
  'one digit apart',
  'day and month swapped',
  'same',
] as const
const RANK = levelRanks(LEVELS)
const DIFFERENT = RANK.different
const YEAR = RANK['year only']
const TWO_PARTS = RANK['two of three parts']
const DIGIT = RANK['one digit apart']
const SWAPPED = RANK['day and month swapped']
const SAME = RANK.same
/** Days of birth in use; a date is never rarer than that by chance. */
const DATES_IN_USE = 25_000

/**
 * Compares dates of birth: equal ones by how many records carry them, others by what a slip of the hand would do.
 *
 * @param columns records; dates as `yyyymmdd`, 0 where unknown
 * @param weights of the levels
 *
 * Source: docs/methods/identity.md, "Dates of birth".
 */
export function birthDateComparison(columns: PersonColumns, weights = PERSON_WEIGHTS['birth date']): Comparison {
  const { birthDate, size } = columns
  const { codes, counts } = countedDates(birthDate)
  const same = frequencySteps(weights.same.m, size, highest(counts), { uMin: 1 / DATES_IN_USE })
  const fixed = [0, weights.different.bits, weights['year only'].bits, weights['two of three parts'].bits]
  const steps = [...fixed, weights['one digit apart'].bits, weights['day and month swapped'].bits].map(stepsOf)
  return {
    name: 'birth date',
    levels: LEVELS,
    // In a table of a few records the date is no rarer than a slip in it.
    most: Math.max(same[2] ?? 0, ...steps),
    reach: null,
    compare: (a, b) => {
      const [x, y] = [birthDate[a] as number, birthDate[b] as number] // one date per record
      if (x === 0 || y === 0) return NOTHING
      if (x === y) return packed(SAME, same[counts[codes[a] as number] as number] as number)
      const level = levelOf(x, y)
      return packed(level, steps[level] as number)
    },
    value: (a, b) => bothValues(`${birthDate[a]}`, `${birthDate[b]}`),
    identifiers: 0,
    conflicts: levelSet(LEVELS, ['different']),
    guesses: 0,
    settles: levelSet(LEVELS, ['same', 'day and month swapped', 'one digit apart']),
  }
}

function levelOf(x: number, y: number): number {
  const [yearX, monthX, dayX] = partsOf(x)
  const [yearY, monthY, dayY] = partsOf(y)
  if (yearX === yearY && monthX === dayY && dayX === monthY) return SWAPPED
  if (isOneEditApart(textOf(x), textOf(y))) return DIGIT
  const agreeing = Number(yearX === yearY) + Number(monthX === monthY) + Number(dayX === dayY)
  if (agreeing === 2) return TWO_PARTS
  return yearX === yearY ? YEAR : DIFFERENT
}

function partsOf(date: number): readonly [number, number, number] {
  return [Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100]
}

const textOf = (date: number): string => String(date).padStart(8, '0')

function countedDates(dates: Uint32Array): Readonly<{ codes: Uint32Array; counts: Uint32Array }> {
  const dictionary = createDictionary()
  const codes = dates.map(date => (date === 0 ? 0 : dictionary.codeOf(String(date))))
  return { codes, counts: countsOf(codes, dictionary.texts.length) }
}
