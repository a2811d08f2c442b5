import type { Suggestion } from '../../state/taxonomy.ts'

/** A kind less like the name than the best by this much is no rival. */
const CLEAR_LEAD = 0.1

/** Is a suggestion above a mark, and without a rival? Only such ones are accepted together. */
export function isSure({ likenesses }: Suggestion, mark: number): boolean {
  const [best, second] = likenesses
  return best !== undefined && best.score >= mark && best.score - (second?.score ?? 0) >= CLEAR_LEAD
}

/** The kind that a name resembles most. */
export const kindOf = (suggestion: Suggestion): string => suggestion.likenesses[0]?.kind ?? ''
