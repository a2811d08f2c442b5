import { IDENTITY_COLUMNS, matchSignups, settingsIn } from '#identity'
import type { Day, Moment } from '#lib/time'
import { identityDecisions, type Readable, type ScoreRun, walkTable } from '#store'
import { addressReader } from './address-reader.ts'
import { keptPeople } from './kept-identities.ts'
import { type Proposed, proposedFrom } from './review/proposed-accounts.ts'

/** A company without an account that signed up lately and passes the ICP check. */
export type NewProposed = Proposed & Readonly<{ firstUser: string; day: Day }>

/** Which days are new, and the day of a moment. */
type Days = Readonly<{ isNew(day: Day): boolean; dayOf(moment: Moment): Day }>

/** Companies whose first user record was made in the days asked for. Where ids are taken as they are, nobody signs up. */
export function newProposals(db: Readable, run: ScoreRun, days: Days): readonly NewProposed[] {
  const fresh = run.identityMode === 'matched' ? freshDomains(db, days) : new Map<string, Fresh>()
  if (fresh.size === 0) return []
  const decisions = identityDecisions(db)
  const people = keptPeople(db, run.runId)
  const { accountOfWorkspace, personOfUser } = people
  const signups = matchSignups(signupTables(db, fresh.values(), people), {
    accountOfWorkspace,
    personOfUser,
    read: addressReader(db),
    decisions,
  }).filter(({ domain }) => domain !== null && fresh.has(domain))
  const proposed = proposedFrom({ db, signups, personOfUser, words: settingsIn(decisions).words })
  return [...proposed.values()].flatMap(one => {
    const first = fresh.get(one.domain)
    if (first === undefined || one.fit.verdict !== 'passes') return []
    return [{ ...one, firstUser: first.userId, day: first.day }]
  })
}

/** Users of one domain, none of whom is older than the days asked for; the first one and its day. */
type Fresh = { userId: string; day: Day; userIds: string[]; inviters: string[] }

function freshDomains(db: Readable, { isNew, dayOf }: Days): ReadonlyMap<string, Fresh> {
  const read = addressReader(db)
  const known = new Map<string, Fresh>()
  const old = new Set<string>()
  const columns = ['user_id', 'primary_email', 'created_at', 'invited_by_user_id'] as const
  for (const { user_id: userId, primary_email, created_at, invited_by_user_id } of walkTable(db, 'users', columns)) {
    const domain = read(primary_email).corporateDomain
    if (domain === null || old.has(domain)) continue
    const day = created_at === null ? null : dayOf(created_at)
    if (day === null || !isNew(day)) {
      old.add(domain)
      known.delete(domain)
      continue
    }
    const own = known.get(domain) ?? { userId, day, userIds: [], inviters: [] }
    known.set(domain, own)
    own.userIds.push(userId)
    if (invited_by_user_id !== null) own.inviters.push(invited_by_user_id)
    if (day < own.day) Object.assign(own, { userId, day })
  }
  return known
}

type People = Pick<ReturnType<typeof keptPeople>, 'persons' | 'personOfUser'>

/** What the users of these domains are matched by: the rows of their persons, and of those who invited them. */
function signupTables(
  db: Readable,
  fresh: Iterable<Fresh>,
  { persons, personOfUser }: People,
): Parameters<typeof matchSignups>[0] {
  const meant = [...fresh].flatMap(({ userIds, inviters }) => [...userIds, ...inviters])
  const wanted = new Set(meant.flatMap(id => persons[personOfUser.get(id) ?? -1]?.userIds ?? [id]))
  const isWanted = ({ user_id }: Readonly<{ user_id: string }>): boolean => wanted.has(user_id)
  const columns = ['user_id', 'primary_email', 'invited_by_user_id', 'workspace_id'] as const
  return {
    accounts: [...walkTable(db, 'accounts', IDENTITY_COLUMNS.accounts)],
    users: those(walkTable(db, 'users', columns), isWanted),
    memberships: those(walkTable(db, 'memberships', IDENTITY_COLUMNS.memberships), isWanted),
  }
}

/** Rows that are asked for, without the others being held. */
function those<R>(rows: Iterable<R>, isWanted: (row: R) => boolean): R[] {
  const found: R[] = []
  for (const row of rows) if (isWanted(row)) found.push(row)
  return found
}
