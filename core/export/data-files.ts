import { codePointOrderOf, compareCodePoints } from '#lib/text'
import type { SetAside } from '#schema/cells'
import type { Evidence, Identities, PersonIdentifier, WorkspaceAccount, WorkspaceLink } from '#schema/identity'
import type { Anomaly } from '#schema/rollups'
import { id, instant, LIST_SEPARATOR, number, text, word } from './column.ts'
import { csvFile, type ExportFile, type Rows } from './export-file.ts'
import type { HeldLine } from './export-input.ts'

/**
 * anomalies.csv: patterns that a person should look at.
 *
 * Source: docs/methods/export.md, "anomalies.csv".
 */
export function anomaliesFile(anomalies: readonly Anomaly[]): ExportFile {
  return csvFile<Anomaly>({
    name: 'anomalies.csv',
    rows: [...anomalies].sort((a, b) => compareCodePoints(a.id, b.id)),
    columns: [
      id('anomaly_id', anomaly => anomaly.id),
      word('kind', ({ kind }) => kind),
      id('subject', ({ subject }) => subject),
      id('unit_ids', ({ unitIds }) => unitIds.join(LIST_SEPARATOR)),
      instant('first_at', ({ firstAt }) => firstAt),
      instant('last_at', ({ lastAt }) => lastAt),
      number('count', ({ count }) => count),
      text('evidence', ({ evidence }) => evidence),
    ],
    keyOf: anomaly => anomaly.id,
  })
}

/**
 * set_aside.csv: events that count nowhere, and why.
 *
 * Source: docs/methods/export.md, "set_aside.csv".
 */
export function setAsideFile(setAside: readonly SetAside[]): ExportFile {
  const order = codePointOrderOf(setAside.map(({ eventId }) => eventId))
  return csvFile<SetAside>({
    name: 'set_aside.csv',
    rows: [...setAside].sort((a, b) => order(a.eventId, b.eventId) || compareCodePoints(a.reason, b.reason)),
    columns: [
      id('event_id', ({ eventId }) => eventId),
      word('reason', ({ reason }) => reason),
      number('count', ({ count }) => count),
    ],
    keyOf: ({ eventId, reason }) => `${eventId} ${reason}`,
  })
}

/**
 * persons.csv: the person of every user.
 *
 * Source: docs/methods/export.md, "persons.csv".
 */
export function personsFile({ persons, personOfUser }: Pick<Identities, 'persons' | 'personOfUser'>): ExportFile {
  const order = codePointOrderOf(personOfUser.keys())
  return csvFile<readonly [userId: string, person: number]>({
    name: 'persons.csv',
    rows: [...personOfUser].sort(([a], [b]) => order(a, b)),
    columns: [id('user_id', ([userId]) => userId), id('person_id', ([, person]) => persons[person]?.id)],
    keyOf: ([userId]) => userId,
  })
}

/**
 * identities.csv: every identifier of every person, in the order identity gives them (kind, id, person).
 *
 * Source: docs/methods/export.md, "identities.csv".
 */
export function identitiesFile({ identifiers }: Readonly<{ identifiers: Rows<PersonIdentifier> }>): ExportFile {
  return csvFile<PersonIdentifier>({
    name: 'identities.csv',
    rows: identifiers,
    columns: [
      word('id_kind', ({ kind }) => kind),
      id('id', identifier => identifier.id),
      instant('from', ({ from }) => from),
      instant('to', ({ to }) => to),
      id('person_id', ({ personId }) => personId),
    ],
    keyOf: ({ kind, id: value }) => `${kind} ${value}`,
  })
}

/** Whose people are in a workspace, as its row says it. */
export type CompaniesIn = Readonly<{
  companies: string
  secondAccounts: string
  /** Billing records that are the company of an account. */
  billingOf(accountId: string): string
}>

/**
 * workspace_accounts.csv: the account of each workspace, or the candidates for it.
 *
 * @param companiesIn whose people are in a workspace; without it the columns about that are left out
 *
 * Source: docs/methods/export.md, "workspace_accounts.csv".
 */
export function workspaceAccountsFile(
  { workspaceAccounts }: Pick<Identities, 'workspaceAccounts'>,
  companiesIn?: (workspaceId: string) => CompaniesIn,
): ExportFile {
  return csvFile<WorkspaceAccount>({
    name: 'workspace_accounts.csv',
    rows: [...workspaceAccounts].sort(
      (a, b) => compareCodePoints(a.workspaceId, b.workspaceId) || compareCodePoints(a.accountId, b.accountId),
    ),
    columns: [
      id('workspace_id', ({ workspaceId }) => workspaceId),
      id('account_id', ({ accountId }) => accountId),
      word('status', ({ status }) => status),
      number('bits', ({ bits }) => bits),
      text('evidence', ({ evidence }) => evidenceText(evidence)),
      ...(companiesIn === undefined
        ? []
        : [
            text('companies', ({ workspaceId }: WorkspaceAccount) => companiesIn(workspaceId).companies),
            text('second_accounts', ({ workspaceId }: WorkspaceAccount) => companiesIn(workspaceId).secondAccounts),
            text('billing_records', ({ workspaceId, accountId }: WorkspaceAccount) =>
              companiesIn(workspaceId).billingOf(accountId),
            ),
          ]),
    ],
    keyOf: ({ workspaceId, accountId }) => `${workspaceId} ${accountId}`,
  })
}

/**
 * workspace_links.csv: workspaces that belong together.
 *
 * Source: docs/methods/export.md, "workspace_links.csv".
 */
export function workspaceLinksFile({ workspaceLinks }: Pick<Identities, 'workspaceLinks'>): ExportFile {
  return csvFile<WorkspaceLink>({
    name: 'workspace_links.csv',
    rows: [...workspaceLinks].sort(
      (a, b) => compareCodePoints(a.workspaceA, b.workspaceA) || compareCodePoints(a.workspaceB, b.workspaceB),
    ),
    columns: [
      id('workspace_a', ({ workspaceA }) => workspaceA),
      id('workspace_b', ({ workspaceB }) => workspaceB),
      word('relation', ({ relation }) => relation),
      word('status', ({ status }) => status),
      number('bits', ({ bits }) => bits),
      text('evidence', ({ evidence }) => evidenceText(evidence)),
    ],
    keyOf: ({ workspaceA, workspaceB }) => `${workspaceA} ${workspaceB}`,
  })
}

/**
 * held_rows.csv: rows that could not be loaded.
 *
 * Source: docs/methods/export.md, "held_rows.csv".
 */
export function heldRowsFile(heldRows: readonly HeldLine[]): ExportFile {
  return csvFile<HeldLine>({
    name: 'held_rows.csv',
    rows: [...heldRows].sort(
      (a, b) => compareCodePoints(a.file, b.file) || a.line - b.line || compareCodePoints(a.column, b.column),
    ),
    columns: [
      text('file', ({ file }) => file),
      number('line', ({ line }) => line),
      text('column', ({ column }) => column),
      text('value', ({ value }) => value),
      word('code', ({ code }) => code),
      text('message', ({ message }) => message),
    ],
    keyOf: ({ file, line }) => `${file}:${line}`,
  })
}

/** `sso_domain acme.com: +6.0625; user_domain acme.com: 0` */
function evidenceText(evidence: readonly Evidence[]): string {
  return evidence
    .map(
      ({ comparison, value, bits }) =>
        `${comparison} ${value}${bits === 0 ? '' : ` (${bits > 0 ? '+' : ''}${bits} bits)`}`,
    )
    .join('; ')
}
