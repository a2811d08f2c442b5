import type { Evidence } from '#schema/identity'
import { bitsOfPrecision } from '../bits.ts'
import { isOneTaxId } from '../companies/tax-id.ts'
import { bothValues } from '../compare/comparison.ts'
import { jaroWinkler } from '../compare/similarity.ts'
import type { WorkspaceFacts } from './workspace-facts.ts'
import { MOST_OF_CREATOR } from './workspace-pairs.ts'

/** How often two workspaces that agree in this are of one organisation. */
export const ORGANISATION_PRECISION = {
  sso: 0.985,
  billing: 0.99,
  card: 0.95,
  billing_domain: 0.97,
  dominant_domain: 0.93,
  some_domain: 0.75,
  persons: 0.95,
  two_persons: 0.8,
  creator: 0.7,
} as const
const MOST_PER_FURTHER_GROUP = 3
const OTHER_TENANT = -9
const OTHER_TAX_ID = -7
const CONTAINMENT = 0.5

type Claim = Readonly<{ group: string; precision: number; value: string; domain: string | null }>

/** What two workspaces share besides themselves. */
export type SharedPeople = Readonly<{ persons: number; madeByCreator: number }>

/**
 * Evidence that two workspaces are of one organisation.
 *
 *   bits = log2(p / (1 - p)) of the strongest group + sum over the others of min(3, log2(p / (1 - p)))
 *          + name (-1 .. 4, never alone) - 9 for other SSO tenants - 7 for other tax ids
 *
 * There is no prior and no genericity: a large customer shares its SSO domain among many. A domain is paid for once.
 *
 * @param a facts of one workspace
 * @param b facts of the other
 * @param shared persons both have who are in few workspaces; workspaces the creator made
 * @returns total and evidence, strongest first; null where nothing but a name agrees
 *
 * Source: docs/methods/identity.md, "Workspaces".
 */
export function organisationEvidence(
  a: WorkspaceFacts,
  b: WorkspaceFacts,
  shared: SharedPeople,
): Readonly<{ bits: number; evidence: readonly Evidence[] }> | null {
  const claims = [...identityClaims(a, b), ...domainClaims(a, b), ...peopleClaims(a, b, shared)].sort(
    (x, y) => y.precision - x.precision,
  )
  const evidence: Evidence[] = []
  const paid = new Set<string>()
  for (const { group, precision, value, domain } of claims) {
    const marks = [group, ...(domain === null ? [] : [`domain ${domain}`])]
    if (marks.some(mark => paid.has(mark))) continue
    const whole = bitsOfPrecision(precision)
    evidence.push({ comparison: group, value, bits: paid.size === 0 ? whole : Math.min(whole, MOST_PER_FURTHER_GROUP) })
    for (const mark of marks) paid.add(mark)
  }
  if (evidence.length === 0) return null
  const name = nameBits(a, b)
  if (name !== 0)
    evidence.push({ comparison: 'name', value: bothValues(a.name.base.join(' '), b.name.base.join(' ')), bits: name })
  if (a.ssoTenant !== null && b.ssoTenant !== null && a.ssoTenant !== b.ssoTenant)
    evidence.push({ comparison: 'other_sso_tenant', value: `${a.ssoTenant} | ${b.ssoTenant}`, bits: OTHER_TENANT })
  if (a.taxId !== null && b.taxId !== null && !isOneTaxId(a.taxId, b.taxId))
    evidence.push({ comparison: 'other_tax_id', value: `${a.taxId} | ${b.taxId}`, bits: OTHER_TAX_ID })
  return { bits: evidence.reduce((sum, { bits }) => sum + bits, 0), evidence }
}

function identityClaims(a: WorkspaceFacts, b: WorkspaceFacts): Claim[] {
  const claims: Claim[] = []
  const claim = (group: string, precision: number, value: string | null): void => {
    if (value !== null) claims.push({ group, precision, value, domain: null })
  }
  const { sso, billing, card } = ORGANISATION_PRECISION
  if (a.ssoTenant === b.ssoTenant) claim('sso', sso, a.ssoTenant)
  if (a.taxId !== null && b.taxId !== null && isOneTaxId(a.taxId, b.taxId))
    claim('billing', billing, bothValues(a.taxId, b.taxId))
  claim('billing', billing, [...a.billingEntities].find(entity => b.billingEntities.has(entity)) ?? null)
  if (a.card === b.card) claim('card', card, a.card)
  return claims
}

function domainClaims(a: WorkspaceFacts, b: WorkspaceFacts): Claim[] {
  const claims: Claim[] = []
  const claim = (group: string, precision: number, domain: string | null): void => {
    if (domain !== null) claims.push({ group, precision, value: domain, domain })
  }
  const { sso, billing_domain, dominant_domain, some_domain } = ORGANISATION_PRECISION
  if (a.ssoDomain === b.ssoDomain) claim('sso', sso, a.ssoDomain)
  if (a.billingDomain === b.billingDomain) claim('billing_domain', billing_domain, a.billingDomain)
  if (a.dominantDomain === b.dominantDomain)
    claim('dominant_domain', a.isDominant && b.isDominant ? dominant_domain : some_domain, a.dominantDomain)
  return claims
}

function peopleClaims(a: WorkspaceFacts, b: WorkspaceFacts, { persons, madeByCreator }: SharedPeople): Claim[] {
  const { persons: many, two_persons, creator } = ORGANISATION_PRECISION
  const claims: Claim[] = []
  const containment = persons / Math.max(1, Math.min(a.members.size, b.members.size))
  const value = `${persons} persons in both`
  if (persons >= 3 && containment >= CONTAINMENT)
    claims.push({ group: 'persons', precision: many, value, domain: null })
  else if (persons >= 2) claims.push({ group: 'persons', precision: two_persons, value, domain: null })
  if (a.creator !== null && a.creator === b.creator && madeByCreator <= MOST_OF_CREATOR)
    claims.push({ group: 'creator', precision: creator, value: 'made by one person', domain: null })
  return claims
}

/** -1 for unlike names, up to +4 for equal ones; generic names say nothing. */
function nameBits(a: WorkspaceFacts, b: WorkspaceFacts): number {
  if (a.name.isGeneric || b.name.isGeneric) return 0
  const [x, y] = [a.name.base.join(''), b.name.base.join('')]
  if (x === '' || y === '') return 0
  if (x === y) return 4
  const isWithin =
    a.name.base.every(word => b.name.base.includes(word)) || b.name.base.every(word => a.name.base.includes(word))
  if (isWithin) return 2
  const similarity = jaroWinkler(x, y, 0.9)
  return similarity > 0 ? 2 : -1
}
