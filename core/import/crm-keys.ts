import type { FilePlan } from '#schema/import'
import { TABLES } from '#schema/tables'
import { pathOf } from './mapping-plan.ts'

const CRMS = ['hubspot', 'salesforce', 'attio'] as const
type Crm = (typeof CRMS)[number]

/** Header names that only one or two CRMs give to the ids of their records; which of the two, the form of an id tells. */
const OWN_NAMES: readonly (readonly [name: RegExp, crms: readonly Crm[]])[] = [
  [/^record ?id(?: ?(?:contact|company|lead))?$/, ['hubspot', 'attio']],
  [/^(?:property )?hs ?object ?id$/, ['hubspot']],
  [/hub ?spot/, ['hubspot']],
  [/sales ?force|sfdc/, ['salesforce']],
  [/\battio\b/, ['attio']],
]
/** Other tools name their ids so too. */
const COMMON_NAME = /^(?:contact|company) ?id$/
const BESIDE = /^(?:(?:contact|company) owner|marketing contact status|associated company|company domain name)$/

/**
 * Which CRMs the keys of a file of contacts or accounts are ids of, as far as the file tells: by the known export that it was read as, or by
 * the header of its key.
 *
 * @param plan how the file was read
 * @returns empty where nothing says so: the form of an id is no evidence, since other tools number their records too
 *
 * Source: docs/methods/export.md, "Whose ids".
 */
export function crmsOfKeys({ table, source, columns, derived = [] }: FilePlan): readonly Crm[] {
  const [key] = table === 'contacts' || table === 'accounts' ? TABLES[table].key : []
  const paths = [
    ...columns.flatMap(({ header, column }) => (column === key ? [header] : [])),
    ...derived.flatMap(({ column, from }) => (column === key ? from.map(pathOf) : [])),
  ].map(plain)
  const own = CRMS.find(crm => source?.toLowerCase().startsWith(`${crm} `))
  // Of a report the ids themselves are looked at.
  const isCommon =
    source?.startsWith('Salesforce report') !== true && paths.every(path => COMMON_NAME.test(path)) && paths.length > 0
  const isRead = own !== undefined && (!isCommon || columns.some(({ header }) => BESIDE.test(plain(header))))
  const named = OWN_NAMES.flatMap(([name, crms]) => (paths.some(path => name.test(path)) ? crms : []))
  return key === undefined ? [] : [...new Set(isRead ? [own, ...named] : named)]
}

const plain = (header: string): string =>
  header
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
