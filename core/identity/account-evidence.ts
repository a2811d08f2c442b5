import type { Evidence } from '#schema/identity'
import { bitsOfPrecision } from './bits.ts'

/** One comparison of a workspace with an account that agrees. */
export type Agreement = Readonly<{
  comparison: 'billing_entity' | 'sso_domain' | 'billing_domain' | 'contacts' | 'user_domain'
  accountId: string
  /** What agrees, in words. */
  value: string
  /** Domain it rests on; null where it rests on none. */
  domain: string | null
}>

/** How often a workspace and an account that agree in this belong together. */
const PRECISION: Readonly<Record<Agreement['comparison'], number>> = {
  billing_entity: 0.99,
  sso_domain: 0.985,
  billing_domain: 0.97,
  contacts: 0.97,
  user_domain: 0.97,
}
const STRENGTH = Object.keys(PRECISION)
const MOST_PER_FURTHER_GROUP = 3

/**
 * Adds the evidence up that a workspace belongs to an account.
 *
 *   bits = log2(p / (1 - p)) of the strongest + sum over the others of min(3, log2(p / (1 - p)))
 *
 * Billing entity and billing domain are one group; a domain is paid for once. What is not paid is kept with 0 bits.
 *
 * @param agreements all of one workspace and one account, in any order
 * @returns total bits, 0 for none, and the evidence, strongest first
 *
 * Source: docs/methods/identity.md, "Accounts".
 */
export function weighAgreements(
  agreements: readonly Agreement[],
): Readonly<{ bits: number; evidence: readonly Evidence[] }> {
  const ordered = [...agreements].sort((a, b) => STRENGTH.indexOf(a.comparison) - STRENGTH.indexOf(b.comparison))
  const paid = new Set<string>()
  const evidence = ordered.map(({ comparison, value, domain }) => {
    const isBilling = comparison.startsWith('billing')
    const claims = [isBilling ? 'billing' : comparison, ...(domain === null ? [] : [`domain ${domain}`])]
    const whole = bitsOfPrecision(PRECISION[comparison])
    const isPaid = claims.some(claim => paid.has(claim))
    const bits = isPaid ? 0 : paid.size === 0 ? whole : Math.min(whole, MOST_PER_FURTHER_GROUP)
    if (!isPaid) for (const claim of claims) paid.add(claim)
    return { comparison, value, bits }
  })
  return { bits: evidence.reduce((total, { bits }) => total + bits, 0), evidence }
}
