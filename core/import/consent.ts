import type { ColumnPlan, DerivedField, ImportNote } from '#schema/import'
import type { FieldSource } from '#schema/mapping'
import type { TableName } from '#schema/tables'
import { CONSENT_STATUS } from './value-fit.ts'
import { NO_WORDS, YES_WORDS } from './values/cell-reader.ts'
import { CONSENT_WORDS } from './values/consent-words.ts'

/** Headers whose yes says that nobody may write, best first. */
export const OPT_OUTS = [
  ...['has_opted_out', 'unsubscribed', 'has_opted_out_of_email', 'email_opt_out', 'email_opted_out', 'opt_out'],
  ...['unsubscribed_from_all_email', 'unsubscribed_from_all_emails', 'unsubscribed_from_emails', 'unsubscribed_emails'],
  ...['unsubscribed_from_email', 'unsubscribed_from_marketing', 'unsubscribed_from_marketing_emails'],
  ...[
    'hs_email_optout',
    'is_opted_out',
    'optout',
    'opted_out_of_email',
    'opted_out_of_emails',
    'opted_out_of_all_email',
  ],
  ...['marketing_opt_out', 'is_unsubscribed', 'email_unsubscribed', 'do_not_email', 'do_not_contact', 'do_not_mail'],
  ...['marked_email_as_spam', 'suppressed', 'is_suppressed', 'email_suppressed'],
]
/** Headers whose no says so. */
const OPT_INS = [
  ...[
    'email_opt_in',
    'email_opted_in',
    'opt_in',
    'optin',
    'opted_in',
    'is_opted_in',
    'has_opted_in',
    'marketing_opt_in',
  ],
  ...['opted_in_to_email', 'opted_in_to_emails', 'opted_in_to_marketing', 'email_consent', 'marketing_consent'],
  ...['email_marketing_consent', 'marketing_email_consent', 'accepts_marketing', 'accepts_email_marketing'],
  ...['subscribed_to_emails', 'subscribed_to_email', 'subscribed_to_marketing', 'newsletter_opt_in'],
]

/** Headers whose words say so, where they are such words: a status may be one of billing. */
const STATUSES = [
  ...['subscription_status', 'email_subscription_status', 'marketing_subscription_status', 'email_marketing_status'],
  ...['marketing_status', 'newsletter_status', 'consent_status', 'marketing_consent_status', 'email_consent_status'],
  ...['opt_in_status', 'optin_status', 'opt_out_status', 'email_opt_in_status', 'subscriber_status', 'email_status'],
  ...['newsletter', 'marketing_emails', 'email_preference', 'email_permission', 'contact_status', 'member_status'],
  ...[
    'status',
    'abostatus',
    'anmeldestatus',
    'newsletterstatus',
    'statut_abonnement',
    "statut_d'abonnement",
    'estado_de_suscripción',
  ],
]

const CONSENT =
  /\b(?:unsubscri\w*|unsub|opt(?:s|ed)? ?(?:in|out)|optins?|optouts?|do not (?:e ?)?(?:mail|contact|call|market)|dnc|consent\w*|suppress(?:ed|ion)|(?:as|reported) spam|spam (?:report|complaint)\w*|accepts (?:e ?mail )?marketing|subscribed to (?:e ?mails?|marketing|newsletters?)|e ?mail permission|newsletter)\b|^(?:is )?subscribed$|einwilligung|abgemeldet|desabonn|desinscri|consentement|consentimiento/

/** Does a header say that its column is about who may be written to? */
export function looksLikeConsent(header: string): boolean {
  const words = header
    .replace(/([\p{Ll}0-9])(?=\p{Lu})/gu, '$1 ')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}0-9]+/gu, ' ')
    .trim()
  return CONSENT.test(words)
}

/**
 * Who may not be written to, where that is told by several columns, or by one that tells who may: a yes of one way out is enough,
 * a no of one way in as well.
 *
 * @param columns as the headers fill them so far
 * @param normalHeader the form in which headers are compared
 * @param isOdd do the values at this place look like nothing that the field could be?
 * @returns the columns by their places, and the field that they fill; null where there is nothing to put together, and where a
 *   column is called opted_out itself
 *
 * Source: docs/methods/import.md, "Headers".
 */
export function joinedConsent(
  table: TableName,
  columns: readonly ColumnPlan[],
  normalHeader: (header: string) => string,
  isOdd: (field: string, at: number) => boolean,
): Readonly<{ places: readonly number[]; field: DerivedField }> | null {
  if (table !== 'contacts') return null
  if (columns.some(({ column, match }) => column === 'opted_out' && match === 'exact')) return null
  const placesOf = (names: readonly string[], field: string): readonly number[] => {
    const known = new Set(names.map(normalHeader))
    return columns.flatMap(({ header, column, match }, at) => {
      const isFree = match === 'custom' || column === 'opted_out'
      return isFree && known.has(normalHeader(header)) && !isOdd(field, at) ? [at] : []
    })
  }
  const outs = placesOf(OPT_OUTS, 'opted_out')
  const ins = placesOf(OPT_INS, 'opted_out')
  const statuses = placesOf(STATUSES, CONSENT_STATUS)
  if (ins.length === 0 && statuses.length === 0 && outs.length < 2) return null
  const places = [...outs, ...ins]
  const said = (isOut: boolean): readonly FieldSource[] =>
    places.map((at, i) => {
      const isWayOut = i < outs.length
      return { path: columns[at]?.header ?? '', values: meaning(isWayOut === isOut ? YES_WORDS : NO_WORDS, isOut) }
    })
  // What is neither is told as no yes or no.
  const rest = places.map(at => columns[at]?.header ?? '')
  const told = (isOut: boolean): readonly FieldSource[] =>
    statuses.map(at => ({ path: columns[at]?.header ?? '', values: wordsFor(isOut) }))
  const from = [...said(true), ...told(true), ...said(false), ...told(false), ...rest]
  return { places: [...places, ...statuses], field: { column: 'opted_out', from, combine: 'first' } }
}

function wordsFor(isOut: boolean): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(CONSENT_WORDS).filter(([, says]) => says === String(isOut)))
}

function meaning(words: readonly string[], isOut: boolean): Readonly<Record<string, string>> {
  return Object.fromEntries(words.map(word => [word, String(isOut)]))
}

/** Columns that may say who may be written to, and that nothing is made of. */
export function consentNote(table: TableName, columns: readonly ColumnPlan[]): readonly ImportNote[] {
  if (table !== 'contacts' && table !== 'users') return []
  const unread = columns.filter(({ header, match }) => match === 'custom' && looksLikeConsent(header))
  const read = columns.filter(({ header, column, match }) => isStatusRead(header, column, match))
  if (unread.length === 0) return read.map(({ header }) => statusNote(header))
  const names = unread.map(({ header }) => `"${header}"`).join(', ')
  const [looks, is] = unread.length === 1 ? ['looks', 'is a custom field'] : ['look', 'are custom fields']
  const what = `${names} ${looks} like who may be written to, but ${is}: nobody is kept from being contacted by ${unread.length === 1 ? 'it' : 'them'}.`
  const [column, act] =
    table === 'contacts'
      ? [
          'opted_out',
          'Let it fill opted_out (on the board, or in a mapping, where values can be turned round), or leave it out.',
        ]
      : [
          '',
          'Users have no such field: import the file as contacts too, with opted_out filled, or leave the column out.',
        ]
  return [{ code: 'note/consent', column, count: unread.length, lines: [], message: `${what} ${act}` }]
}

const STATUS_NAMES = new Set(STATUSES.map(plainName))

function plainName(header: string): string {
  return header.toLowerCase().replace(/[\s_-]+/g, '')
}

function isStatusRead(header: string, column: string | null, match: ColumnPlan['match']): boolean {
  return column === 'opted_out' && match === 'synonym' && STATUS_NAMES.has(plainName(header))
}

function statusNote(header: string): ImportNote {
  const message = `"${header}" is read as who may not be written to: "unsubscribed" and words like it opt out, "subscribed" and the like do not, and other words say nothing.`
  return { code: 'note/consent', column: 'opted_out', count: 1, lines: [], message }
}
