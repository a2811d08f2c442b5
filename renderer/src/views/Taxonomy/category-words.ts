import { BUCKETS } from '../words.ts'

export type CategoryWords = Readonly<{ id: string; label: string; color: string; means: string }>

const OTHER: CategoryWords = {
  id: 'other',
  label: 'Other',
  color: 'var(--bucket-total)',
  means: 'Counted as activity and in rollups; its events are no key events.',
}

/** Categories that an entry can be given here: the buckets that signals fill, and none of them. */
export const CATEGORIES: readonly CategoryWords[] = [...BUCKETS.filter(({ id }) => id !== 'fit'), OTHER]

export function categoryOf(id: string): CategoryWords {
  return CATEGORIES.find(category => category.id === id) ?? { ...OTHER, id, label: id }
}

/** Kinds of a taxonomy that people can still keep apart, by experience. */
export const FEWEST_KINDS = 10
export const MOST_KINDS = 25

/** Whether a number of kinds is within the aim, and what that means. */
export function kindsVerdict(kinds: number): Readonly<{ isGood: boolean; note: string; means: string }> {
  const aim = `${FEWEST_KINDS} to ${MOST_KINDS} is the aim`
  if (kinds < FEWEST_KINDS)
    return {
      isGood: false,
      note: `few; ${aim}`,
      means: 'Different steps of a customer count as one, so that a score can hardly tell them apart.',
    }
  if (kinds > MOST_KINDS)
    return {
      isGood: false,
      note: `many; ${aim}`,
      means: 'More than people keep apart: kinds without a signal, a milestone or a rollup say nothing in a score.',
    }
  return {
    isGood: true,
    note: aim,
    means: 'Enough to tell the steps of a customer apart, few enough to know what each is worth.',
  }
}
