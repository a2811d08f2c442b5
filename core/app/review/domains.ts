import type { Output, Parsed } from '#contract/contract'
import { corporateDomainOf, type DomainClass, domainClassOf, emailReader } from '#identity'
import { hostOf, hostOfEmail, registrableDomain } from '#lib/domain'
import { AppError } from '#lib/errors'
import { compareCodePoints } from '#lib/text'
import { addDecision, type Writable, walkTable } from '#store'
import type { Desk } from './desk.ts'
import { checkWords, type Proposed, proposedAccounts } from './proposed-accounts.ts'
import type { Room } from './room.ts'

type Page = Output<'identity.domains'>
type Line = Page['domains'][number]
type Account = Line['accounts'][number]

const MOST_ACCOUNTS = 5

type Dossier = { users: number; persons: Set<number>; workspaces: Set<string>; accounts: Account[] }
const dossiers = new WeakMap<Desk, ReadonlyMap<string, Dossier>>()

/** Domains with who uses them, most users first. */
export function domainPage(room: Room, { search, classes, offset, limit }: Parsed<'identity.domains'>): Page {
  const all = dossiers.get(room.desk) ?? collect(room)
  dossiers.set(room.desk, all)
  const proposals = proposedAccounts(room)
  const text = search.trim().toLowerCase()
  const found = [...all]
    .map(([domain, dossier]) => ({ domain, dossier, class: classOf(room.desk, domain) }))
    .filter(one => one.domain.includes(text) && (classes.length === 0 || classes.includes(one.class)))
    .sort((a, b) => b.dossier.users - a.dossier.users || compareCodePoints(a.domain, b.domain))
  const lines = found.slice(offset, offset + limit).map(({ domain, dossier, class: own }): Line => {
    const { users, persons, workspaces, accounts } = dossier
    return {
      domain,
      class: own,
      byDefault: domainClassOf(domain),
      users,
      persons: persons.size,
      workspaces: workspaces.size,
      accounts: accounts.slice(0, MOST_ACCOUNTS),
      accountsTotal: accounts.length,
      proposed: proposalOf(proposals.get(domain)),
    }
  })
  return { matching: found.length, domains: lines }
}

function proposalOf(proposed: Proposed | undefined): Line['proposed'] {
  if (proposed === undefined) return null
  const { name, users, fit } = proposed
  return { name, users, verdict: fit.verdict, sentence: checkWords(fit) }
}

function classOf({ settings }: Desk, domain: string): DomainClass {
  return settings.domains.get(domain) ?? domainClassOf(domain)
}

function collect(room: Room): ReadonlyMap<string, Dossier> {
  const all = new Map<string, Dossier>()
  const at = (domain: string): Dossier => {
    const known = all.get(domain) ?? { users: 0, persons: new Set(), workspaces: new Set(), accounts: [] }
    all.set(domain, known)
    return known
  }
  collectUsers(room, at)
  collectAccounts(room, at)
  return all
}

type At = (domain: string) => Dossier

function collectUsers({ db, desk }: Room, at: At): void {
  const domainOfUser = new Map<string, string>()
  const read = emailReader(desk.settings.domains, desk.settings.words)
  for (const { user_id, primary_email } of walkTable(db, 'users', ['user_id', 'primary_email'])) {
    const { host } = read(primary_email)
    if (host === null) continue
    const domain = registrableDomain(host) ?? host
    domainOfUser.set(user_id, domain)
    const own = at(domain)
    own.users++
    own.persons.add(desk.found.personOfUser.get(user_id) ?? -1)
  }
  for (const { user_id, workspace_id } of walkTable(db, 'memberships', ['user_id', 'workspace_id'])) {
    const domain = domainOfUser.get(user_id)
    if (domain !== undefined) at(domain).workspaces.add(workspace_id)
  }
}

function collectAccounts({ db, desk }: Room, at: At): void {
  for (const row of walkTable(db, 'accounts', ['account_id', 'name', 'primary_domain', 'all_known_domains'])) {
    const { account_id: accountId, name, primary_domain, all_known_domains } = row
    const standing = desk.found.companies.standing(accountId)
    const billingOf = standing === accountId ? null : standing
    const own = [primary_domain, ...(all_known_domains ?? [])].map(text => domainOf(text))
    for (const domain of new Set(own)) if (domain !== null) at(domain).accounts.push({ accountId, name, billingOf })
  }
}

/** Also of domains that stand for no company. */
function domainOf(text: string | null): string | null {
  if (text === null) return null
  const host = hostOf(text)
  return corporateDomainOf(text) ?? (host === null ? null : registrableDomain(host))
}

/** Says what a domain is in this project. @throws AppError usage/bad-argument where it is none */
export function setDomain(
  db: Writable,
  { domain, class: wanted }: Parsed<'identity.setDomain'>,
  now: number,
): Output<'identity.setDomain'> {
  const host = hostOf(domain) ?? hostOfEmail(domain)
  const own = host === null ? null : registrableDomain(host)
  if (own === null || wanted === 'none')
    throw new AppError('usage/bad-argument', `${domain} is no domain that somebody can register`, { domain })
  const subject = [{ source: 'users', object: 'domain', key: own }]
  const payload = { class: wanted, batch: `domain ${own} ${now}` }
  return { decisionNo: addDecision(db, { kind: 'set_type', subject, payload, reverts: null, decidedAt: now }) }
}
