import type { Suppression } from '#schema/policy'

/** Reasons to leave a workspace alone, in words. */
export const SUPPRESSION_WORDS: Readonly<Record<Suppression, string>> = {
  opted_out: 'Opted out',
  open_deal: 'Open deal',
  disqualified: 'Disqualified lately',
  contacted: 'Contacted lately',
  worked_by_owner: 'Worked by a named owner',
  has_csm: 'Customer with a success manager',
}
