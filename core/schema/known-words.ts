import { normaliseName } from '#lib/text'
import type { EntityTable, TableName } from './tables.ts'

/** Per meaning, the words that stand for it, in the normal form of names. */
type Meanings = Readonly<Record<string, readonly string[]>>

/** What a subscription's status says; `none`: neither paid, nor on trial, nor canceled. */
export const SUBSCRIPTION_STATUS = {
  active: ['active', 'paid', 'live', 'non_renewing'],
  trialing: ['trialing', 'trialling', 'trial', 'in_trial'],
  past_due: ['past_due', 'pastdue', 'unpaid'],
  canceled: ['canceled', 'cancelled', 'ended', 'expired', 'incomplete_expired'],
  none: ['none', 'incomplete', 'paused', 'future', 'pending', 'inactive', 'transferred', 'draft'],
} as const satisfies Meanings

/** What the state of payment of a workspace says. */
export const PAID_STATUS = {
  paid: ['paid', 'paying', 'active', 'customer', 'subscribed', 'past_due', 'true', 'yes'],
  trial: ['trial', 'trialing', 'trialling', 'in_trial', 'on_trial', 'free_trial'],
  free: [
    ...['free', 'freemium', 'unpaid', 'not_paid', 'not_paying', 'none', 'false', 'no', 'inactive', 'prospect'],
    ...['canceled', 'cancelled', 'churned', 'expired', 'ended', 'trial_ended', 'trial_expired'],
  ],
} as const satisfies Meanings

/** Is a workspace deleted? All other words say that it is not; those listed are known to say so. */
export const WORKSPACE_STATUS = {
  active: [
    ...['active', 'live', 'open', 'enabled', 'trial', 'trialing', 'paid', 'free', 'ok', 'healthy', 'onboarding'],
    ...['inactive', 'paused', 'suspended', 'disabled', 'pending', 'dormant'],
  ],
  deleted: ['deleted'],
} as const satisfies Meanings

/** What a workspace is used for. */
export const WORKSPACE_TYPE = {
  prod: [
    ...['prod', 'production', 'live', 'customer', 'default', 'standard', 'main'],
    ...['team', 'personal', 'individual', 'business', 'company', 'organization', 'organisation', 'enterprise'],
  ],
  sandbox: ['sandbox', 'dev', 'development'],
  /** Of these alone identity makes an environment of another workspace; scores take them as they are. */
  environment: [
    ...[
      'develop',
      'staging',
      'stage',
      'stg',
      'sandboxes',
      'sbx',
      'test',
      'testing',
      'tests',
      'qa',
      'uat',
      'demo',
      'demos',
    ],
    ...[
      'preprod',
      'preproduction',
      'nonprod',
      'nonproduction',
      'pre_prod',
      'non_prod',
      'pre_production',
      'non_production',
    ],
  ],
} as const satisfies Meanings

/** Teams that work is given to. */
const TEAM = { SDR: ['sdr'], AE: ['ae'], CSM: ['csm'] } as const satisfies Meanings

const COLUMNS: Readonly<Partial<Record<EntityTable, Readonly<Record<string, Meanings>>>>> = {
  subscriptions: { status: SUBSCRIPTION_STATUS },
  workspaces: { paid_status: PAID_STATUS, workspace_status: WORKSPACE_STATUS, workspace_type: WORKSPACE_TYPE },
  crm_users: { team: TEAM },
}

/** A column of free text, some words of which are acted on. */
export type KnownWords = Readonly<{
  table: EntityTable
  column: string
  /** What is acted on. */
  meanings: readonly string[]
  /** What a word stands for, however it is cased and joined; null where nothing acts on it. */
  meaningOf(text: string): string | null
}>

/** All columns of free text whose words mean something as data. Source: docs/methods/import.md, "Words". */
export const KNOWN_WORDS: readonly KnownWords[] = Object.entries(COLUMNS).flatMap(([table, columns]) =>
  Object.entries(columns).map(([column, meanings]) => {
    const byWord = wordsOf(meanings)
    const meaningOf = (text: string): string | null => byWord.get(normaliseName(text)) ?? null
    const named = Object.keys(meanings).filter(meaning => meaning !== 'none')
    return { table: table as EntityTable, column, meanings: named, meaningOf } // a key of COLUMNS
  }),
)

/** The words of one column; null where its words are not acted on, or it is no free text. */
export function knownWordsOf(table: TableName, column: string): KnownWords | null {
  return KNOWN_WORDS.find(each => each.table === table && each.column === column) ?? null
}

/** Word -> what it stands for. */
export function wordsOf<M extends string>(meanings: Readonly<Record<M, readonly string[]>>): ReadonlyMap<string, M> {
  // The keys of an object are its own names.
  const entries = Object.entries(meanings) as [M, readonly string[]][]
  return new Map(entries.flatMap(([meaning, words]) => words.map((word): [string, M] => [word, meaning])))
}
