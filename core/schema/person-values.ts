import type { Row } from './tables.ts'

/** Columns of users that say something about the person, in the order in which they are shown. */
export const PERSON_FIELDS = [
  'name',
  'primary_email',
  'phone',
  'job_title',
  'seniority',
  'department',
  'persona',
  'company_name',
  'locale',
] as const satisfies readonly (keyof Row<'users'>)[]
/** Of these what lists, exports and hand-offs call a person by. */
export const LISTED_PERSON_FIELDS = ['name', 'primary_email', 'job_title'] as const satisfies readonly PersonField[]
export type PersonField = (typeof PERSON_FIELDS)[number]

/** Where values of a person come from: records of the product, contacts of the CRM; believed in this order unless another is set. */
export const VALUE_SOURCES = ['user', 'contact'] as const
export type ValueSource = (typeof VALUE_SOURCES)[number]

/**
 * Why a value goes before another one, strongest first. `untagged`: the same mailbox without a `+tag`; `fuller`: the same name with more of its given name
 * or with the family name; `company`: an address at a company; `order`: nothing else tells them apart.
 */
export const VALUE_REASONS = [
  'pinned',
  'source',
  'untagged',
  'fuller',
  'verified',
  'company',
  'recent',
  'frequent',
  'order',
] as const
export type ValueReason = (typeof VALUE_REASONS)[number]
