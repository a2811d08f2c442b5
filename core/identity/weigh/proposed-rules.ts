import type { Steps } from '#lib/steps'
import { candidatePairs } from '../block/candidate-pairs.ts'
import { userKeys } from '../people/user-comparisons.ts'
import type { UserDetails } from '../people/weigh-users.ts'
import { proposalSteps, type WeightProposal } from './estimate-weights.ts'
import { type WeightRule, weightRules } from './weight-rules.ts'

/** Another value of a rule that the data suggest, for somebody to accept. */
export type RuleProposal = Readonly<{
  id: string
  value: number
  proposed: number
  /** Mean bits of the level now and then, over the pairs that are at it. */
  bits: number
  proposedBits: number
  pairs: number
}>

const LEAST_SHARE = 0.001
const MOST_SHARE = 0.999
const DIGITS = 1000

/**
 * Proposes values of the rules for users by expectation maximisation over the pairs that are compared, for somebody to accept.
 *
 *   bits: value + d;  m: value * 2^d within 0.001 .. 0.999;  d = proposed bits - bits of the level (within 4, order of levels kept)
 *
 * A precision is not proposed: it is not a matter of this data.
 *
 * @param details columns and comparisons of the users
 * @param inForce values that somebody set, by rule; others are as by default
 * @returns a generator that halts now and then, and returns proposals in the order of the rules; those that change nothing are left out
 *
 * Source: docs/methods/identity.md, "Estimating weights".
 */
export function* ruleProposalSteps(
  { columns, scorer }: UserDetails,
  inForce: ReadonlyMap<string, number>,
): Steps<readonly RuleProposal[]> {
  const candidates = candidatePairs(columns.people.size, userKeys(columns))
  yield
  const proposals = yield* proposalSteps(candidates, scorer.comparisons)
  const known = new Map(proposals.map(proposal => [`${proposal.comparison}: ${proposal.level}`, proposal]))
  return weightRules().flatMap(rule => {
    const found = known.get(rule.id)
    return found === undefined ? [] : proposalFor(rule, inForce.get(rule.id) ?? rule.byDefault, found)
  })
}

function proposalFor(
  { id, unit }: WeightRule,
  value: number,
  { bits, proposed: proposedBits, pairs }: WeightProposal,
): readonly RuleProposal[] {
  if (unit === 'precision') return []
  const change = proposedBits - bits
  const wanted = unit === 'bits' ? value + change : Math.min(Math.max(value * 2 ** change, LEAST_SHARE), MOST_SHARE)
  const proposed = unit === 'bits' ? wanted : Math.round(wanted * DIGITS) / DIGITS
  return proposed === value ? [] : [{ id, value, proposed, bits, proposedBits, pairs }]
}
