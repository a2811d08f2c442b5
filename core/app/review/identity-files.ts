import { csvFile, personsFile, workspaceAccountsFile, workspaceLinksFile } from '#export'
import { pairWords } from '#identity'
import { formatInstant } from '#lib/time'
import { VERSION } from '#lib/version'
import type { AccountPair, Evidence, LadderStep, SignupMatch } from '#schema/identity'
import { type Former, formerIds } from '../former-entities.ts'
import type { OutputFile, WrittenFile } from '../output-folder.ts'
import { allPeopled } from './companies-in.ts'
import { countsOf } from './counts.ts'
import { allLadders } from './ladder.ts'
import { type Proposed, proposedAccounts } from './proposed-accounts.ts'
import type { Room } from './room.ts'

/** The files of who is who. */
export function identityFiles(room: Room): readonly OutputFile[] {
  const { db, desk } = room
  const { found } = desk
  return [
    personsFile(found),
    ladderFile(allLadders(room)),
    formerIdsFile([...formerIds(db, found).values()]),
    workspaceLinksFile(found),
    workspaceAccountsFile(found, companiesIn(room)),
    accountPairsFile(found.companies.pairs),
    signupFile(found.signups, proposedAccounts(room)),
  ]
}

/** Whose people are in each workspace, for its row: companies by falling number of people. */
function companiesIn(room: Room): NonNullable<Parameters<typeof workspaceAccountsFile>[1]> {
  const billingOf = (accountId: string): string => room.desk.found.companies.billingOf(accountId).join('; ')
  const nobody = { companies: '', secondAccounts: '', billingOf }
  const found = new Map(
    Array.from(allPeopled(room), ([workspaceId, { companies }]) => {
      const seconds = companies.flatMap(({ account, isSecond }) => (isSecond && account !== null ? [account.key] : []))
      const counted = companies.map(({ domain, persons }) => `${domain} ${persons}`)
      return [workspaceId, { companies: counted.join('; '), secondAccounts: seconds.join('; '), billingOf }]
    }),
  )
  return workspaceId => found.get(workspaceId) ?? nobody
}

/** account_pairs.csv: one row per account and billing record that are one company, may be, or are kept apart. */
function accountPairsFile(rows: readonly AccountPair[]): OutputFile {
  return csvFile<AccountPair>({
    name: 'account_pairs.csv',
    rows,
    keyOf: ({ accountId, billingId }) => `${accountId} ${billingId}`,
    columns: [
      { name: 'account_id', kind: 'id', read: row => row.accountId },
      { name: 'billing_id', kind: 'id', read: row => row.billingId },
      { name: 'is_one', kind: 'plain', read: row => String(row.isOne) },
      { name: 'status', kind: 'plain', read: row => row.status },
      { name: 'doubt', kind: 'plain', read: row => row.doubt ?? '' },
      { name: 'evidence', kind: 'text', read: row => pairWords(row) },
    ],
  })
}

/** person_ladder.csv: one row per person and step that something shows. */
function ladderFile(rows: readonly LadderStep[]): OutputFile {
  return csvFile<LadderStep>({
    name: 'person_ladder.csv',
    rows,
    keyOf: ({ personId, step }) => `${personId} ${step}`,
    columns: [
      { name: 'person_id', kind: 'id', read: row => row.personId },
      { name: 'step', kind: 'plain', read: row => row.step },
      { name: 'at', kind: 'plain', read: row => (row.at === null ? '' : formatInstant(row.at)) },
      { name: 'dating', kind: 'plain', read: row => (row.at === null ? '' : row.dating) },
      { name: 'user_id', kind: 'id', read: row => row.userId },
      { name: 'evidence', kind: 'text', read: row => row.evidence },
    ],
  })
}

type FormerRow = Readonly<{ id: string; heir: string; endedAt: number | null }>

/** former_ids.csv: one row per id that ended and person that has users of it now; one without person where they are gone. */
function formerIdsFile(former: readonly Former[]): OutputFile {
  const rows = former.flatMap(({ id, heirs, endedAt }): FormerRow[] =>
    heirs.length === 0 ? [{ id, heir: '', endedAt }] : heirs.map(heir => ({ id, heir, endedAt })),
  )
  return csvFile<FormerRow>({
    name: 'former_ids.csv',
    rows,
    keyOf: ({ id, heir }) => `${id} ${heir}`,
    columns: [
      { name: 'former_person_id', kind: 'id', read: row => row.id },
      { name: 'person_id', kind: 'id', read: row => row.heir },
      { name: 'ended_at', kind: 'plain', read: row => (row.endedAt === null ? '' : formatInstant(row.endedAt)) },
    ],
  })
}

type SignupRow = Readonly<{
  userId: string
  status: SignupMatch['status']
  domain: string | null
  candidate: SignupMatch['candidates'][number] | null
  /** The account that a new corporate domain proposes. */
  proposed: Proposed | undefined
}>

/** signup_matches.csv: one row per new user and candidate account; one without candidate where there is none. */
function signupFile(signups: readonly SignupMatch[], proposals: ReadonlyMap<string, Proposed>): OutputFile {
  const rows = signups.flatMap(({ userId, status, domain, candidates }): SignupRow[] => {
    const proposed = status === 'new_corporate_domain' ? proposals.get(domain ?? '') : undefined
    const own = { userId, status, domain, proposed }
    return candidates.length === 0
      ? [{ ...own, candidate: null }]
      : candidates.map(candidate => ({ ...own, candidate }))
  })
  return csvFile<SignupRow>({
    name: 'signup_matches.csv',
    rows,
    keyOf: ({ userId, candidate }) => `${userId} ${candidate?.accountId ?? ''}`,
    columns: [
      { name: 'user_id', kind: 'id', read: row => row.userId },
      { name: 'status', kind: 'plain', read: row => row.status },
      { name: 'account_id', kind: 'id', read: row => row.candidate?.accountId ?? '' },
      { name: 'domain', kind: 'text', read: row => row.domain ?? '' },
      { name: 'bits', kind: 'plain', read: row => (row.candidate === null ? '' : String(row.candidate.bits)) },
      {
        name: 'is_strategic',
        kind: 'plain',
        read: row => (row.candidate === null ? '' : String(row.candidate.isStrategic)),
      },
      { name: 'evidence', kind: 'text', read: row => evidenceText(row.candidate?.evidence ?? []) },
      { name: 'proposed_account', kind: 'text', read: row => row.proposed?.name ?? '' },
      { name: 'icp_check', kind: 'plain', read: row => row.proposed?.fit.verdict ?? '' },
      { name: 'icp_score_low', kind: 'plain', read: row => scoreText(row.proposed, 'low') },
      { name: 'icp_score_high', kind: 'plain', read: row => scoreText(row.proposed, 'high') },
      { name: 'icp_not_known', kind: 'text', read: row => row.proposed?.fit.unknown.join(';') ?? '' },
    ],
  })
}

/** Without rules there is no score. */
function scoreText(proposed: Proposed | undefined, end: 'low' | 'high'): string {
  return proposed === undefined || proposed.fit.verdict === 'no_rules' ? '' : String(proposed.fit[end])
}

function evidenceText(evidence: readonly Evidence[]): string {
  return evidence.map(({ comparison, value, bits }) => `${comparison} ${value} ${bits}`).join('; ')
}

/** What lies beside the files and says which program wrote them, so that a later run may replace them. */
export function identityManifest(room: Room, outputs: readonly WrittenFile[]): OutputFile {
  const manifest = {
    product: { name: 'PQL Workbench', version: VERSION },
    identity: { state: room.state, counts: countsOf(room) },
    outputs: outputs.map(({ name, rows, bytes, sha256 }) => ({ name, rows, bytes, sha256 })),
  }
  return { name: 'manifest.json', rows: 0, chunks: () => [`${JSON.stringify(manifest, null, 2)}\n`] }
}
