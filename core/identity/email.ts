import { hostOf, hostOfEmail, registrableDomain } from '#lib/domain'
import { type DomainClass, domainClassOf } from './domain-class.ts'
import { addressText } from './normalise/address-text.ts'
import { DOTS_IGNORED, TAGS_IGNORED } from './reference/mail-providers.ts'
import { DUMMY_WORDS } from './reference/placeholders.ts'
import { NOREPLY_LOCAL_PARTS } from './reference/relay.ts'
import { GROUP_ENDINGS, LIST_HOST_LABELS } from './reference/role-local-parts.ts'
import { SHIPPED_WORDS, type Words } from './words/words.ts'

/** Why an address does not tell one person from another. */
type EmailGuard = 'placeholder' | 'not_an_address' | 'role_inbox' | 'noreply' | 'relay'

/** An email address as identity reads it. */
export type EmailReading = Readonly<{
  /** The one form of all spellings that reach the same mailbox; as given, folded, where it is no address. */
  canonical: string
  /** Normalised host; null where it is no address. */
  host: string | null
  domainClass: DomainClass
  /** Registrable domain where the class is `corporate`, else null. */
  corporateDomain: string | null
  /** null: the address may identify a person. */
  guard: EmailGuard | null
}>

const DOTLESS = new Set(DOTS_IGNORED.values)
const TAGLESS = new Set(TAGS_IGNORED.values)
const GROUPS = new Set(GROUP_ENDINGS.values)
const LISTS = new Set(LIST_HOST_LABELS.values)
/** Endings that after a dot are a family name, or belong to one person, as often as not. */
const MAY_BE_NAMES = new Set(['list', 'lists', 'team', 'teams', 'group', 'groups', 'users', 'members', 'owners'])
const NOREPLY = new Set(NOREPLY_LOCAL_PARTS.values)
const DUMMIES = new Set(DUMMY_WORDS.values)
const SEPARATORS = /[.\-_]/

/** By far the most addresses: nothing around them, nothing to fold. */
const PLAIN = /^[a-z0-9][a-z0-9._+-]*@[a-z0-9.-]+$/

type HostFacts = Pick<EmailReading, 'host' | 'domainClass' | 'corporateDomain'>

/**
 * Reads an email address: its canonical form and whether it can identify a person.
 *
 * Canonical: what stands around it cut (quotes, a name, `mailto:`), spelled-out `at` and `dot` undone, lower case, letters
 * in one form of Unicode (NFKC); at gmail.com and googlemail.com dots and `+tag` cut and the host written gmail.com; at other hosts known to ignore tags
 * `+tag` cut; everywhere else nothing more.
 *
 * @param text one address as the data state it; null is a placeholder
 * @returns the reading; `guard` says why the address identifies nobody
 *
 * Source: docs/methods/identity.md, "Email addresses".
 */
export function readEmail(text: string | null): EmailReading {
  return emailReader()(text)
}

/**
 * A `readEmail` that looks each host up once, for whole tables.
 *
 * @param domains class by registrable domain where it is set otherwise than the lists say
 * @param words   placeholders and role inboxes, as shipped or as a project has changed them
 * @returns a function equal to `readEmail`, but for those domains and words
 *
 * Source: docs/methods/identity.md, "Email addresses".
 */
export function emailReader(
  domains: ReadonlyMap<string, DomainClass> = new Map(),
  words: Words = SHIPPED_WORDS,
): (text: string | null) => EmailReading {
  const known = new Map<string, HostFacts>()
  const hasWholeAddresses = [...words.placeholders].some(entry => entry.includes('@'))
  return text => {
    const isPlain = text !== null && PLAIN.test(text) && !(hasWholeAddresses && words.isPlaceholder(text))
    const folded = isPlain ? text : foldedAddress(text)
    if (!isPlain && words.isPlaceholder(text)) return { canonical: folded, ...NOWHERE, guard: 'placeholder' }
    const at = folded.lastIndexOf('@')
    const hostText = folded.slice(at + 1)
    let facts = known.get(hostText)
    if (facts === undefined) {
      facts = hostFacts(hostText, domains)
      known.set(hostText, facts)
    }
    const before = folded.slice(0, Math.max(at, 0))
    const local = isPlain ? before : localPart(before)
    const written = local === before || local === '' ? folded : `${local}@${hostText}`
    return readParts(written, local, { hostText, facts, words })
  }
}

/** Runs of blanks or quotes are looked through again and again: what is long is no address. */
const LONGEST_LOOKED_AROUND = 1000

function foldedAddress(text: string | null): string {
  if (text !== null && text.length > LONGEST_LOOKED_AROUND) return text.trim().toLowerCase()
  return addressText(text ?? '')
    .replace(/^[\s"'`<\u2018-\u201f]+|[\s"'`>\u2018-\u201f]+$/g, '')
    .toLowerCase()
}

/** Letters in one form, however they are put together; empty where it is none. */
function localPart(text: string): string {
  const local = text.normalize('NFKC').toLowerCase()
  return /[\s@,;]/.test(local) ? '' : local
}

type HostPart = Readonly<{ hostText: string; facts: HostFacts; words: Words }>

function readParts(folded: string, local: string, { hostText, facts, words }: HostPart): EmailReading {
  const { host, domainClass, corporateDomain } = facts
  const kept = host === null ? '' : mailboxOf(local, host)
  if (host === null || kept === '') return { canonical: folded, ...NOWHERE, guard: 'not_an_address' }
  const shown = DOTLESS.has(host) ? 'gmail.com' : host
  const canonical = kept === local && shown === hostText ? folded : `${kept}@${shown}`
  return { canonical, host, domainClass, corporateDomain, guard: guardOf(kept, { host, domainClass }, words) }
}

const NOWHERE: HostFacts = { host: null, domainClass: 'none', corporateDomain: null }

function hostFacts(hostText: string, domains: ReadonlyMap<string, DomainClass>): HostFacts {
  const host = hostOfEmail(`_@${hostText}`)
  if (host === null) return NOWHERE
  const domainClass = domains.get(registrableDomain(host) ?? host) ?? domainClassOf(host)
  return { host, domainClass, corporateDomain: domainClass === 'corporate' ? registrableDomain(host) : null }
}

/**
 * Canonical form of an address that can identify a person.
 *
 * @param text as in `readEmail`
 * @returns null where the address identifies nobody
 *
 * Source: docs/methods/identity.md, "Email addresses".
 */
export function canonicalEmail(text: string | null): string | null {
  const { canonical, guard } = readEmail(text)
  return guard === null ? canonical : null
}

/**
 * Is a text that an address was expected in no address at all?
 *
 * @param text as the data state it
 * @returns false for placeholders too: who wrote `n/a` said that there is none
 *
 * Source: docs/methods/identity.md, "Email addresses".
 */
export function isNoAddress(text: string): boolean {
  return readEmail(text).guard === 'not_an_address'
}

function mailboxOf(local: string, host: string): string {
  const plus = local.indexOf('+')
  const untagged = plus === -1 || !TAGLESS.has(host) ? local : local.slice(0, plus)
  return DOTLESS.has(host) ? untagged.replaceAll('.', '') : untagged
}

function guardOf(
  mailbox: string,
  { host, domainClass }: Readonly<{ host: string; domainClass: DomainClass }>,
  { isPlaceholder, roles }: Words,
): EmailGuard | null {
  if (domainClass === 'none') return 'not_an_address'
  if (domainClass === 'relay') return 'relay'
  const plus = mailbox.indexOf('+')
  const untagged = plus < 0 ? mailbox : mailbox.slice(0, plus)
  const word = SEPARATORS.test(untagged) ? untagged.replace(/[.\-_]/g, '') : untagged
  if (NOREPLY.has(word)) return 'noreply'
  if (isPlaceholder(mailbox)) return 'placeholder'
  if (DUMMIES.has(word) && DUMMIES.has(host.split('.').at(-2) ?? '')) return 'placeholder'
  return roles.has(word) || isGroup(untagged, host, domainClass) ? 'role_inbox' : null
}

function isGroup(untagged: string, host: string, domainClass: DomainClass): boolean {
  return endsAsGroup(untagged) || isListHost(host, domainClass)
}

/** `web-team@acme.com`, `tool.devel@acme.org`; `friedrich.list@acme.com` is a person. */
function endsAsGroup(untagged: string): boolean {
  const end = Math.max(untagged.lastIndexOf('-'), untagged.lastIndexOf('_'), untagged.lastIndexOf('.'))
  if (end <= 0) return false
  const word = untagged.slice(end + 1)
  return GROUPS.has(word) && !(untagged[end] === '.' && MAY_BE_NAMES.has(word))
}

/** `lists.acme.org`; people have addresses at `list.ru`, and at a company that is called so. */
function isListHost(host: string, domainClass: DomainClass): boolean {
  if (domainClass === 'free_mail' || !LISTS.has(host.slice(0, host.indexOf('.')))) return false
  const domain = registrableDomain(host)
  return domain !== null && domain !== host
}

/**
 * Registrable domain of a company by a reader that knows what was set for domains.
 *
 * @param read as `emailReader` gives it
 * @param text a host, a web address or the domain column of a CRM; null is nothing known
 * @returns as `corporateDomainOf`
 *
 * Source: docs/methods/identity.md, "Domains".
 */
export function corporateDomainBy(read: (text: string | null) => EmailReading, text: string | null): string | null {
  const host = text === null ? null : hostOf(text)
  return host === null ? null : read(`_@${host}`).corporateDomain
}

/** A reader that reads each text once: the questions ask for the same addresses again and again. */
export function rememberingReader(read: (text: string | null) => EmailReading): (text: string | null) => EmailReading {
  const known = new Map<string | null, EmailReading>()
  return text => {
    const found = known.get(text)
    if (found !== undefined) return found
    const reading = read(text)
    known.set(text, reading)
    return reading
  }
}
