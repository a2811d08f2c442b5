import type { ScoreLine } from '#schema/score'

/** Statements that tell what somebody did. */
export const DEED =
  /^(Created|Completed|Reached|Used|Ran|Invited|Viewed|Clicked|Hit|Installed|Imported|Enabled|Started|Upgraded)\b/

/**
 * A sentence of a line with the person that it is told of: `Hana Quist viewed the pricing page once on 17 Nov`.
 *
 * @param sentence as `sentenceOf` or `statementOf` has it
 * @param name null: not known, or not to be named
 * @returns the sentence as it is for a line of the whole unit
 *
 * Source: docs/methods/export.md, "Hand-off".
 */
export function toldOf({ scope }: Pick<ScoreLine, 'scope'>, sentence: string, name: string | null): string {
  if (scope === 'unit') return sentence
  const who = name ?? 'One person'
  return DEED.test(sentence) ? `${who} ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}` : `${who}: ${sentence}`
}
