import { readWorkspaceName } from '#identity'
import { compareCodePoints } from '#lib/text'
import type { SignupMatch } from '#schema/identity'
import { type Row, TABLES } from '#schema/tables'
import { type ProposedFit, proposedFit } from '#score'
import { type Readable, walkTable } from '#store'
import { modelInForce } from '../judgement.ts'
import type { Room } from './room.ts'

/** A company that people signed up from and that no account has, with its ICP check. */
export type Proposed = Readonly<{
  domain: string
  /** As most of its people write it; else the one name of its workspaces; the domain where there is none. */
  name: string
  /** Users who signed up with its addresses, and the people they are. */
  users: number
  persons: number
  /** Country that all its workspaces state; null where they state none, or several. */
  country: string | null
  /** Workspaces that only its people are in, in the order of their ids. */
  workspaceIds: readonly string[]
  fit: ProposedFit
}>

/** What companies are proposed from. */
export type ProposalGround = Readonly<{
  db: Readable
  signups: Iterable<Pick<SignupMatch, 'userId' | 'status' | 'domain'>>
  personOfUser: ReadonlyMap<string, number>
  words: Room['desk']['settings']['words']
}>

type Facts = {
  users: number
  persons: Set<number>
  names: Map<string, number>
  workspaces: Map<string, string>
  countries: Set<string>
  workspaceIds: string[]
}

const proposals = new WeakMap<Room['desk'], Readonly<{ model: string; found: ReadonlyMap<string, Proposed> }>>()

/** Accounts that new corporate domains propose, by domain. */
export function proposedAccounts(room: Room): ReadonlyMap<string, Proposed> {
  const { hash } = modelInForce(room.db)
  const known = proposals.get(room.desk)
  if (known?.model === hash) return known.found
  const { signups, personOfUser } = room.desk.found
  const found = proposedFrom({ db: room.db, signups, personOfUser, words: room.desk.settings.words })
  proposals.set(room.desk, { model: hash, found })
  return found
}

/** The same of sign-ups at hand. */
export function proposedFrom(ground: ProposalGround): ReadonlyMap<string, Proposed> {
  const { model } = modelInForce(ground.db)
  const found = new Map<string, Proposed>()
  for (const [domain, facts] of factsByDomain(ground)) {
    const { users, persons, names, workspaces, countries, workspaceIds } = facts
    const [written] = [...names].sort(([a, x], [b, y]) => y - x || compareCodePoints(a, b))[0] ?? []
    const [stated, ...further] = workspaces.values()
    const name = written ?? (further.length === 0 ? stated : undefined) ?? domain
    const country = countries.size === 1 ? ([...countries][0] ?? null) : null
    const account: Row<'accounts'> = { ...NOTHING_KNOWN, name, primary_domain: domain, hq_country: country }
    const fit = proposedFit({ known: account, atLeast: persons.size }, model)
    found.set(domain, { domain, name, users, persons: persons.size, country, workspaceIds, fit })
  }
  return found
}

const NOTHING_KNOWN = Object.fromEntries(
  Object.keys(TABLES.accounts.columns).map(column => [column, null]),
) as unknown as Row<'accounts'> // every column, none of them known

function factsByDomain({ db, signups, personOfUser, words }: ProposalGround): ReadonlyMap<string, Facts> {
  const { isPlaceholder } = words
  const domainOf = new Map<string, string>()
  for (const { userId, status, domain } of signups)
    if (status === 'new_corporate_domain' && domain !== null) domainOf.set(userId, domain)
  const facts = new Map<string, Facts>()
  if (domainOf.size === 0) return facts
  for (const { user_id, company_name } of walkTable(db, 'users', ['user_id', 'company_name'])) {
    const domain = domainOf.get(user_id)
    if (domain === undefined) continue
    const own = facts.get(domain) ?? {
      users: 0,
      persons: new Set(),
      names: new Map(),
      workspaces: new Map(),
      countries: new Set(),
      workspaceIds: [],
    }
    facts.set(domain, own)
    own.users++
    own.persons.add(personOfUser.get(user_id) ?? -1)
    const name = company_name?.trim() ?? ''
    if (!isPlaceholder(name)) own.names.set(name, (own.names.get(name) ?? 0) + 1)
  }
  addWorkspaces(db, { domainOf, words }, facts)
  return facts
}

type Ground = Readonly<{ domainOf: ReadonlyMap<string, string>; words: Room['desk']['settings']['words'] }>

/** What workspaces of nobody else say of a company: their country, and what they are called where that is a name. */
function addWorkspaces(db: Readable, { domainOf, words }: Ground, facts: ReadonlyMap<string, Facts>): void {
  const workspaces = domainsByWorkspace(db, domainOf)
  for (const { workspace_id, workspace_name, country } of walkTable(db, 'workspaces', [
    'workspace_id',
    'workspace_name',
    'country',
  ])) {
    // A workspace of two companies says nothing about either.
    const own = workspaces.get(workspace_id)
    const [domain = ''] = own?.size === 1 ? own : []
    const known = facts.get(domain)
    if (known === undefined) continue
    known.workspaceIds.push(workspace_id)
    if (country !== null && !words.isPlaceholder(country)) known.countries.add(country.trim())
    addName(known.workspaces, workspace_name, words)
  }
}

/** Names without environment and team are one name; of its spellings the shortest one stands for it. */
function addName(names: Map<string, string>, text: string | null, words: Ground['words']): void {
  const { isGeneric, base } = readWorkspaceName(text, words)
  if (text === null || isGeneric || base.length === 0) return
  const [name, spelling] = [base.join(' '), text.trim()]
  const known = names.get(name)
  const isShorter = known === undefined || spelling.length < known.length
  if (isShorter || (spelling.length === known.length && compareCodePoints(spelling, known) < 0))
    names.set(name, spelling)
}

/** Domains of those who signed up, by the workspaces they are in. */
function domainsByWorkspace(
  db: Readable,
  domainOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const domains = new Map<string, Set<string>>()
  for (const table of ['users', 'memberships'] as const)
    for (const { user_id, workspace_id } of walkTable(db, table, ['user_id', 'workspace_id'])) {
      const domain = domainOf.get(user_id)
      if (domain === undefined || workspace_id === null) continue
      domains.set(workspace_id, (domains.get(workspace_id) ?? new Set()).add(domain))
    }
  return domains
}

/** The ICP check in words. */
export function checkWords({ verdict, low, high, unknown }: ProposedFit): string {
  if (verdict === 'no_rules') return 'The model has no ICP rules to check it by.'
  const range = low === high ? `score ${low}` : `score ${low} to ${high}`
  const missing =
    unknown.length === 0 ? '' : `; not known: ${unknown.map(field => field.replaceAll('_', ' ')).join(', ')}`
  if (verdict === 'passes') return `Passes the ICP check, whatever is not known: ${range}${missing}.`
  if (verdict === 'fails') return `Does not pass the ICP check, whatever is not known: ${range}${missing}.`
  return `The ICP check is open, what is not known decides: ${range}${missing}.`
}
