import type { Given, Pair } from './answers.ts'

/** What follows from answers or only suggests an account: nothing that an answer rests on. */
const NO_EVIDENCE: readonly string[] = ['decision', 'workspace', 'name']
/** What a link is told by that joins nothing, whatever speaks for it. */
export const REFUSED_LINK = 'refused'
/** Questions of which all that is compared speaks for the two belonging together. */
const SPEAKING_FOR: readonly Pair['question'][] = ['companies', 'accounts', 'signups']

type Compared = Readonly<{
  pair: Pair
  lines: readonly Readonly<{ kind: string; comparison: string; level: string }>[]
}>

/** What an answer rests on: the comparisons and their levels. Bits move with every import and are left out. */
export function fingerprintOf({ pair, lines }: Compared): readonly string[] {
  return lines
    .filter(({ comparison }) => pair.question !== 'accounts' || !NO_EVIDENCE.includes(comparison))
    .filter(({ comparison }) => pair.question !== 'workspaces' || comparison !== REFUSED_LINK)
    .flatMap(({ kind, comparison, level }) =>
      kind === 'evidence' ? [level === '' ? comparison : `${comparison}: ${level}`] : [],
    )
    .sort()
}

/**
 * Does what is known now shake an answer? Other evidence than it was given at does; where all evidence speaks for the two, more of it
 * leaves the answer that they belong together as it is.
 */
export function isOtherEvidence({ pair, decision, evidence }: Given, compared: Compared): boolean {
  const { question } = pair
  const kept = (evidence ?? []).filter(one => question !== 'accounts' || !NO_EVIDENCE.includes(one))
  const now = fingerprintOf(compared)
  if (decision.answer !== 'same' || !SPEAKING_FOR.includes(question))
    return JSON.stringify(now) !== JSON.stringify(kept)
  const left = [...now]
  return kept.some(one => {
    const place = left.indexOf(one)
    if (place >= 0) left.splice(place, 1)
    return place < 0
  })
}
