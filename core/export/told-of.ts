import type { ScoreLine } from '#schema/score'
import type { AddressBook } from './address-book.ts'

/** Statements that tell what somebody did. */
export const DEED =
  /^(Created|Completed|Reached|Used|Ran|Invited|Viewed|Clicked|Hit|Installed|Imported|Enabled|Started|Upgraded)\b/

/**
 * A sentence of a line with the person that it is told of: `Hana Quist viewed the pricing page once on 17 Nov`.
 *
 * @param sentence as `sentenceOf` or `statementOf` has it
 * @param book names whom it knows and who may be named
 * @returns the sentence as it is for a line of the whole unit
 *
 * Source: docs/methods/export.md, "Hand-off".
 */
export function toldOf(
  { scope, personId }: Pick<ScoreLine, 'scope' | 'personId'>,
  sentence: string,
  book: Pick<AddressBook, 'nameOf'>,
): string {
  if (scope === 'unit') return sentence
  const who = (personId === null ? null : book.nameOf(personId)) ?? 'One person'
  return DEED.test(sentence) ? `${who} ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}` : `${who}: ${sentence}`
}
