import { corporateDomainOf } from '#identity'
import type { JoinCoverage } from '#schema/data-health'
import type { TableName } from '#schema/tables'
import type { EventTally } from './event-walk.ts'
import type { HealthInput } from './health-input.ts'

/**
 * How well the tables fit together: the share of one side that is found on the other.
 *
 *   events -> users       events whose user has a row          events -> workspaces  events that count for a workspace
 *   users -> workspaces   users that belong to one             workspaces -> users   workspaces with a member
 *   workspaces -> accounts  an account is assigned             accounts -> domain    a domain that a company can be found by
 *   contacts -> users     contacts that are a known person     contacts -> accounts, subscriptions, deals: their parent is there
 *
 * @param tally events at or before as-of, copies aside
 * @returns one entry per join whose left table has rows
 *
 * Source: docs/methods/data-health.md, "Join coverage".
 */
export function coverageOf(input: HealthInput, tally: EventTally): JoinCoverage[] {
  const joins = [...eventJoins(tally), ...productJoins(input), ...crmJoins(input)]
  return joins.filter(({ of }) => of > 0)
}

function join(
  [from, to]: readonly [TableName, TableName],
  means: string,
  [found, of]: readonly [number, number],
): JoinCoverage {
  return { id: `${from}_${to}`, from, to, means, found, of }
}

function eventJoins({ known, placed, events }: EventTally): readonly JoinCoverage[] {
  return [
    join(['events', 'users'], 'events whose user has a row of users', [known, events]),
    join(
      ['events', 'workspaces'],
      'events that count for a workspace, by their own id or by the only workspace of their user',
      [placed, events],
    ),
  ]
}

function productJoins({ roster, identities, dataset }: HealthInput): readonly JoinCoverage[] {
  const members = new Set(roster.members.flatMap(links => [...links.keys()]))
  const workspaces = new Set(dataset.workspaces.map(({ workspace_id }) => workspace_id))
  const accounts = new Set(dataset.accounts.map(({ account_id }) => account_id))
  return [
    join(
      ['users', 'workspaces'],
      'users that belong to a workspace',
      shareOf([...roster.users.keys()], id => members.has(id)),
    ),
    join(
      ['workspaces', 'users'],
      'workspaces with a member',
      shareOf(roster.members, links => links.size > 0),
    ),
    join(
      ['workspaces', 'accounts'],
      'workspaces with an account, given or found by evidence',
      shareOf(roster.workspaces, ({ workspace_id }) => identities.accountOfWorkspace.has(workspace_id)),
    ),
    join(
      ['subscriptions', 'workspaces'],
      'subscriptions of a known workspace, or of a known account',
      shareOf(dataset.subscriptions, ({ workspace_id: workspace, account_id: account }) =>
        workspace === null ? account !== null && accounts.has(account) : workspaces.has(workspace),
      ),
    ),
  ]
}

function crmJoins({ dataset, identities }: HealthInput): readonly JoinCoverage[] {
  const people = new Set(identities.identifiers.flatMap(({ kind, id }) => (kind === 'contact_id' ? [id] : [])))
  const accounts = new Set(dataset.accounts.map(({ account_id }) => account_id))
  const isAccount = ({ account_id }: Readonly<{ account_id: string | null }>): boolean =>
    account_id !== null && accounts.has(account_id)
  return [
    join(
      ['accounts', 'accounts'],
      'accounts with a domain that a workspace can be found by',
      shareOf(dataset.accounts, ({ primary_domain, sso_domain, all_known_domains }) =>
        [primary_domain, sso_domain, ...(all_known_domains ?? [])].some(domain => corporateDomainOf(domain) !== null),
      ),
    ),
    join(
      ['contacts', 'users'],
      'contacts that are a known person of the product',
      shareOf(dataset.contacts, ({ contact_id }) => people.has(contact_id)),
    ),
    join(['contacts', 'accounts'], 'contacts of a known account', shareOf(dataset.contacts, isAccount)),
    join(['deals', 'accounts'], 'deals of a known account', shareOf(dataset.deals, isAccount)),
  ]
}

function shareOf<T>(rows: readonly T[], test: (row: T) => boolean): readonly [found: number, of: number] {
  let found = 0
  for (const row of rows) if (test(row)) found++
  return [found, rows.length]
}
