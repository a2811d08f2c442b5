import { dominanceOf, type WorkspaceFacts } from './workspace-facts.ts'

/** Companies of workspaces of which half the people or more are of another one. */
type Clients = {
  /** That the workspaces state, and that have people there. */
  readonly stated: Set<string>
  /** Of further people, where a workspace states none. */
  readonly seen: Set<string>
  /** Most people that the agency has in one workspace of these it states. */
  most: number
}

/** People of an agency in a workspace from which on it may be a client: one alone is somebody's guest. */
const LEAST_AT_CLIENT = 2

/**
 * Workspaces by their own people: those of an agency are outside, also where they are the majority.
 *
 * A company is an agency where half the people or more, two at least, of workspaces of two other companies are its own and these have people
 * there. A workspace is of the company of its SSO domain, else of its billing domain where people of that are in it. Where one company alone
 * is known so, the second may be that of other people in a workspace that states none; then the agency is outside at the first. Workspaces
 * where it is the majority, with more people than at any client and with nobody of one, are its own.
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
  const clients = clientsOf.get(domain) ?? { stated: new Set(), seen: new Set(), most: 0 }
  clientsOf.set(domain, clients)
  const company = statedCompany(own)
  if (company === null) {
    for (const other of own.domains.keys()) if (other !== domain) clients.seen.add(other)
  } else if (own.domains.has(company)) {
    clients.stated.add(company)
    clients.most = Math.max(clients.most, countOf(own, domain))
  }
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
  const count = countOf(own, domain)
  return !isHome(own, domain) && count >= LEAST_AT_CLIENT && 2 * count >= peopleIn(own)
}

/** Is a workspace the agency's own, whatever it states: more of its people than at a client, most of all, and nobody of one? */
function isOwnByPeople(own: WorkspaceFacts, domain: string, { stated, most }: Clients): boolean {
  const count = countOf(own, domain)
  return count > most && 2 * count > peopleIn(own) && ![...stated].some(client => own.domains.has(client))
}

function countOf({ domains }: WorkspaceFacts, domain: string): number {
  return domains.get(domain) ?? 0
}

function peopleIn({ domains }: Pick<WorkspaceFacts, 'domains'>): number {
  return [...domains.values()].reduce((sum, count) => sum + count, 0)
}

function isOutside(own: WorkspaceFacts, domain: string, clients: Clients | undefined): boolean {
  if (clients === undefined || isHome(own, domain)) return false
  const company = statedCompany(own)
  if (clients.stated.size > 1) return (company !== null || own.domains.size > 1) && !isOwnByPeople(own, domain, clients)
  const [only = ''] = clients.stated
  const hasOther = clients.seen.size > 0 && !clients.seen.has(only)
  return company === only && own.domains.has(only) && hasOther
}

function without(own: WorkspaceFacts, outside: ReadonlySet<string>): WorkspaceFacts {
  const remaining = new Map([...own.domains].filter(([domain]) => !outside.has(domain)))
  const { dominantDomain, isDominant } = dominanceOfRest(own, remaining)
  const isOutsider = (domain: string): boolean => outside.has(domain) || (isDominant && domain !== dominantDomain)
  return {
    ...own,
    billingDomain: own.billingDomain !== null && outside.has(own.billingDomain) ? null : own.billingDomain,
    dominantDomain: dominantDomain ?? statedCompany(own),
    isDominant,
    outsiders: new Set([...own.domainOf].flatMap(([person, domain]) => (isOutsider(domain) ? [person] : []))),
  }
}

/** Few guests among many who are outside do not tell whose the workspace is. */
function dominanceOfRest(own: WorkspaceFacts, remaining: ReadonlyMap<string, number>): ReturnType<typeof dominanceOf> {
  const people = peopleIn(own)
  const taken = people - peopleIn({ domains: remaining })
  const found = dominanceOf(remaining, people)
  const isFew = found.dominantDomain !== null && (remaining.get(found.dominantDomain) ?? 0) < taken
  return isFew ? { dominantDomain: null, isDominant: false } : found
}
