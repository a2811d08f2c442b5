import type { AccountDoubt, AccountPair, SharedByAccounts } from '#schema/identity'

const SHARED: Readonly<Record<SharedByAccounts['comparison'], string>> = {
  billing_id: 'billing id',
  crm_id: 'id of the CRM',
  tax_id: 'tax id',
  domain: 'domain',
  billing_domain: 'domain it is billed to',
  name: 'name',
}
const DOUBTS: Readonly<Record<AccountDoubt, string>> = {
  several_accounts: 'other accounts have the same value',
  several_matches: 'other accounts fit as well',
  stronger_elsewhere: 'something surer makes it the company of another account',
  other_tax_id: 'their tax ids differ',
  other_sso_domain: 'their SSO domains differ',
  answers: 'answers say of a workspace or a user that it belongs to the one and not to the other',
  names: 'a domain is all they have in common, and their names do not agree',
  name_only: 'a name alone is too little',
}

/**
 * What an account and a billing record have in common, in words.
 *
 * @param shared the strongest first
 * @returns empty where nothing is
 *
 * Source: docs/methods/identity.md, "One company in two sources".
 */
export function sharedWords(shared: AccountPair['shared']): string {
  return shared.map(({ comparison, value }) => `${SHARED[comparison]} ${value}`).join(', ')
}

/**
 * Why an account and a billing record are one company, or are not.
 *
 * @param pair as judged
 *
 * Source: docs/methods/identity.md, "One company in two sources".
 */
export function pairWords({ isOne, status, doubt, shared }: AccountPair): string {
  const common = sharedWords(shared)
  const of = common === '' ? '' : ` (${common})`
  if (status === 'decided') return isOne ? `one company by an answer${of}` : `two companies by an answer${of}`
  if (isOne) return `one company: ${common}`
  return `perhaps one company: ${common}; not taken for it since ${doubt === null ? 'nobody said so' : DOUBTS[doubt]}`
}

/**
 * The same as a sentence of its own.
 *
 * @param pair as judged
 *
 * Source: docs/methods/identity.md, "One company in two sources".
 */
export function pairSentence(pair: AccountPair): string {
  const words = pairWords(pair)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}
