import type { PersonField, PersonPage, PersonValue, ValueSource } from '../../state/identity-person-store.ts'

type Reason = NonNullable<PersonValue['reason']>

export const FIELD_WORDS: Readonly<Record<PersonField, string>> = {
  name: 'name',
  primary_email: 'email',
  phone: 'phone',
  job_title: 'job title',
  seniority: 'seniority',
  department: 'department',
  persona: 'persona',
  company_name: 'company',
  locale: 'locale',
}

/** What records of a source are called. */
export const SOURCE_WORDS: Readonly<Record<ValueSource, string>> = { user: 'Product', contact: 'CRM' }

/** What the steps of a person are called. */
export const STEP_WORDS: Readonly<Record<PersonPage['ladder'][number]['step'], string>> = {
  anonymous: 'Anonymous',
  signed_up: 'Signed up',
  sso: 'SSO',
  billing_admin: 'Billing admin',
}

/** Why a value holds. */
export const WON_WORDS: Readonly<Record<Reason, string>> = {
  pinned: 'Pinned',
  source: 'Source first',
  untagged: 'Without the tag',
  fuller: 'Fuller name',
  verified: 'Verified',
  company: 'Company address',
  recent: 'Most recent',
  frequent: 'Most records',
  order: 'First by id',
}

/** Why another value does not. */
export const LOST_WORDS: Readonly<Record<Reason, string>> = {
  pinned: 'not pinned',
  source: 'source later',
  untagged: 'with a tag',
  fuller: 'short form',
  verified: 'not verified',
  company: 'not at a company',
  recent: 'older',
  frequent: 'fewer records',
  order: 'later by id',
}
