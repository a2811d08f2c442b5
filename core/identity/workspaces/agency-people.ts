import { dominanceOf, type WorkspaceFacts } from './workspace-facts.ts'

/** Companies of workspaces of which half the people or more are of another one. */
type Clients = Readonly<{
  /** That the workspaces state. */
  stated: Set<string>
  /** Of further people, where a workspace states none. */
  seen: Set<string>
}>

/**
 * Workspaces by their own people: those of an agency are outside, also where they are the majority.
 *
 * A company is an agency where half the people or more of workspaces of two other companies are its own. A workspace is of the company of its
 * SSO domain, else of its billing domain where people of that are in it. Where one company alone is known so, the second may be that of
 * other people in a workspace that states none; then the agency is outside at the first.
 *
 * @param facts of all workspaces
 * @returns the same facts in the same order; where people are outside, without what they say of the workspace
 *
 * Source: docs/methods/identity.md, "Workspaces".
 */
export function withoutAgencies(facts: readonly WorkspaceFacts[]): readonly WorkspaceFacts[] {
  const clientsOf = clientsByCompany(facts)
  if (clientsOf.size === 0) return facts
  return facts.map(own => {
    const outside = [...own.domains.keys()].filter(domain => isOutside(own, domain, clientsOf.get(domain)))
    return outside.length === 0 ? own : without(own, new Set(outside))
  })
}

function clientsByCompany(facts: readonly WorkspaceFacts[]): ReadonlyMap<string, Clients> {
  const clientsOf = new Map<string, Clients>()
  for (const own of facts)
    for (const domain of own.domains.keys()) if (isMany(own, domain)) addClient(clientsOf, own, domain)
  return new Map([...clientsOf].filter(([, { stated }]) => stated.size > 0))
}

function addClient(clientsOf: Map<string, Clients>, own: WorkspaceFacts, domain: string): void {
  const clients = clientsOf.get(domain) ?? { stated: new Set(), seen: new Set() }
  clientsOf.set(domain, clients)
  const company = statedCompany(own)
  if (company !== null) clients.stated.add(company)
  else for (const other of own.domains.keys()) if (other !== domain) clients.seen.add(other)
}

function statedCompany({ ssoDomain, billingDomain, domains }: WorkspaceFacts): string | null {
  if (ssoDomain !== null) return ssoDomain
  return billingDomain !== null && domains.has(billingDomain) ? billingDomain : null
}

/** Is a workspace one of the company itself, as far as it states any? */
function isHome(own: WorkspaceFacts, domain: string): boolean {
  return domain === (own.ssoDomain ?? own.billingDomain)
}

/** Has a company half the people or more of a workspace that is not its own? */
function isMany(own: WorkspaceFacts, domain: string): boolean {
  return !isHome(own, domain) && 2 * (own.domains.get(domain) ?? 0) >= peopleIn(own)
}

function peopleIn({ domains }: WorkspaceFacts): number {
  return [...domains.values()].reduce((sum, count) => sum + count, 0)
}

function isOutside(own: WorkspaceFacts, domain: string, clients: Clients | undefined): boolean {
  if (clients === undefined || isHome(own, domain)) return false
  const company = statedCompany(own)
  if (clients.stated.size > 1) return company !== null || own.domains.size > 1
  const [only = ''] = clients.stated
  const hasOther = clients.seen.size > 0 && !clients.seen.has(only)
  return company === only && own.domains.has(only) && hasOther
}

function without(own: WorkspaceFacts, outside: ReadonlySet<string>): WorkspaceFacts {
  const remaining = new Map([...own.domains].filter(([domain]) => !outside.has(domain)))
  const { dominantDomain, isDominant } = dominanceOf(remaining, peopleIn(own))
  const isOutsider = (domain: string): boolean => outside.has(domain) || (isDominant && domain !== dominantDomain)
  return {
    ...own,
    billingDomain: own.billingDomain !== null && outside.has(own.billingDomain) ? null : own.billingDomain,
    dominantDomain: dominantDomain ?? statedCompany(own),
    isDominant,
    outsiders: new Set([...own.domainOf].flatMap(([person, domain]) => (isOutsider(domain) ? [person] : []))),
  }
}
