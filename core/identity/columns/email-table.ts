import { grownWords } from '#lib/grow'
import type { EmailReading } from '../email.ts'
import { GENERIC_PERSON_NAMES } from '../reference/name-words.ts'
import { DUMMY_WORDS } from '../reference/placeholders.ts'
import { ACCOUNT_HOSTS, NOREPLY_LOCAL_PARTS } from '../reference/relay.ts'
import { PURPOSE_LOCAL_PARTS } from '../reference/role-local-parts.ts'
import { SHIPPED_WORDS, type Words } from '../words/words.ts'
import { type AddressLists, type CleanHost, createAddressLists, mailboxOf } from './address-lists.ts'
import { type AddressScanner, createAddressScanner } from './address-scanner.ts'
import { createDictionary, type Dictionary } from './dictionary.ts'
import { furtherHandles } from './further-handles.ts'
import { createList, type WordList } from './list.ts'
import { type AsciiRun, createTextTable, type TextCodes, type Texts } from './text-table.ts'

/** Distinct addresses behind codes. Code 0 is "nothing known". */
export type EmailTable = Readonly<{
  /** Canonical addresses. */
  canonicals: Texts
  /** Hosts as they are, 0 where the address has none. */
  hosts: Dictionary
  /** Local parts without tag and separators, and handles from elsewhere. */
  handles: Texts
  canonical: Uint32Array
  /**
   * Canonical form with the tag cut wherever it is, of an account of a code host without its number, as a code of
   * `canonicals`; 0 for other addresses that identify nobody.
   */
  loose: Uint32Array
  handle: Uint32Array
  host: Uint32Array
  /** Registrable corporate domain, as a code of `hosts`; 0 for others. */
  domain: Uint32Array
  /** 1: the address may identify a person. */
  isPersonal: Uint8Array
  /** 1: the private address of an account of a code host. */
  isAccount: Uint8Array
  /** What else addresses say of whose they are, where somebody gives no name with them: an address and a handle each. */
  further: Readonly<{ address: Uint32Array; handle: Uint32Array }>
}>

const LEAST_HANDLE = 4
/** Numbers of this length on are somebody's account, unless they are one digit again and again, or count up. */
const LEAST_NUMBER = 7
const ACCOUNTS = new Set(ACCOUNT_HOSTS.values)
const CODE_HOSTS = new Set(ACCOUNT_HOSTS.values.map(registrableName))
const NUMBER = /^\d+$/
const COUNTED = '01234567890123456789'
const SIMPLE = /^[a-z0-9]*$/
/** Other characters are cut one by one without a look at their kind. */
const SIMPLE_BUT_FOR_SEPARATORS = /^[a-z0-9._-]*$/
const NOBODY = new Set([
  ...PURPOSE_LOCAL_PARTS.values,
  ...GENERIC_PERSON_NAMES.values,
  ...DUMMY_WORDS.values,
  ...NOREPLY_LOCAL_PARTS.values,
])

/** Collects addresses. */
export type EmailTableBuilder = Readonly<{
  /** The code of an address; all spellings of one have one. */
  codeOf(text: string): number
  /** Collects the addresses of record after record, with the codes that `codeOf` would give them one by one. */
  lists: AddressLists
  /** The code of a handle that is no local part, 0 where it tells nobody from others. */
  handleOf(text: string): number
  /** The code of a handle that was met, 0 for others. */
  findHandle(text: string): number
  /** What else an address says of whose it is, where nobody gives a name with it; known given names are the same in every call. */
  furtherHandles(code: number, isGivenName: (word: string) => boolean): readonly number[]
  finish(): EmailTable
}>

/** An empty builder that reads addresses with `read`; it has room for those that are expected from the start. */
export function createEmailTable(
  read: (text: string) => EmailReading,
  words: Words = SHIPPED_WORDS,
  expected = 0,
): EmailTableBuilder {
  const [canonicals, hosts, handles] = [createTextTable(expected), createDictionary(), createTextTable(expected)]
  const rows = createEmailRows()
  const scanner = createAddressScanner(words)
  const cleanHost = createCleanHosts(read, hosts)
  const handleOf = (text: string): number => handles.codeOf(handleText(text, words.roles))
  const ofNew = (code: number, { canonical, host, corporateDomain, guard }: EmailReading): number => {
    const local = localOf(canonical, host)
    const isPersonal = guard === null
    const isAccount = isAccountAt({ guard, host }, local, words.roles)
    const loose = looseForm(canonical, isAccount ? `${local}@${host}` : null)
    const [own, company] = [hosts.codeOf(host ?? ''), hosts.codeOf(corporateDomain ?? '')]
    return rows.push(code, {
      loose: isPersonal || isAccount ? codeAs(canonicals, loose, { known: canonical, code }) : 0,
      handle: isSomebodys({ guard, host }) ? handleOf(local) : 0,
      host: own,
      domain: company,
      flags: (isPersonal ? PERSONAL : 0) | (isAccount ? ACCOUNT : 0),
    })
  }
  const ofReading = (reading: EmailReading): number => {
    if (reading.guard === 'placeholder' || reading.canonical === '') return 0
    const code = canonicals.codeOf(reading.canonical)
    return rows.of(code) || ofNew(code, reading)
  }
  const ofOther = (text: string): number => ofReading(read(text))
  /** The same of an address that was found clean, at a host that makes something of it. */
  const ofClean = ({ handle: own }: AddressScanner, mailbox: AsciiRun, { host, domain }: CleanHost): number => {
    const code = canonicals.codeOfAscii(mailbox)
    const known = rows.of(code)
    if (known !== 0) return known
    const handle = own.to < LEAST_HANDLE ? 0 : handles.codeOfAscii(own)
    return rows.push(code, { loose: code, handle, host, domain, flags: PERSONAL })
  }
  const touch = ({ handle }: AddressScanner, mailbox: AsciiRun): number =>
    canonicals.touch(mailbox.hash) ^ handles.touch(handle.hash)
  const further = createFurtherHandles((code, isGivenName) => {
    const { canonical, host, domain, isPersonal } = rows.at(code)
    const local = localOf(canonicals.text(canonical), hosts.texts[host] ?? null)
    return isPersonal ? furtherHandles(local, hosts.texts[domain] ?? '', isGivenName).map(handleOf) : []
  })
  return {
    codeOf: text => {
      const clean = scanner.isClean(text) ? cleanHost(scanner.host) : null
      return clean === null ? ofOther(text) : ofClean(scanner, mailboxOf(scanner, clean), clean)
    },
    lists: createAddressLists({ scanner: () => createAddressScanner(words), cleanHost, touch, ofClean, ofOther }),
    handleOf,
    findHandle: handles.find,
    furtherHandles: further.of,
    finish: () => ({
      canonicals: canonicals.finish(),
      hosts,
      handles: handles.finish(),
      ...rows.finish(),
      further: further.finish(),
    }),
  }
}

type Row = Readonly<{ loose: number; handle: number; host: number; domain: number; flags: number }>

/** Of what a table knows of an address. */
const [PERSONAL, ACCOUNT] = [1, 2] as const

/** Rows of addresses, 0 for "nothing known". Each canonical address has one, which all its spellings share. */
function createEmailRows() {
  let rows = new Uint32Array(16)
  const [canonical, loose, handle] = [createList(), createList(), createList()]
  const [host, domain, flags] = [createList(), createList(), createList()]
  const push = (code: number, row: Row): number => {
    if (code >= rows.length) rows = grownWords(rows, code + 1)
    canonical.push(code)
    loose.push(row.loose)
    handle.push(row.handle)
    host.push(row.host)
    domain.push(row.domain)
    rows[code] = flags.push(row.flags) - 1
    return flags.length() - 1
  }
  push(0, { loose: 0, handle: 0, host: 0, domain: 0, flags: 0 })
  return {
    push,
    /** The row of a canonical address, 0 where it has none yet. */
    of: (code: number): number => (code < rows.length ? (rows[code] as number) : 0),
    at: (row: number) => ({
      canonical: canonical.at(row),
      host: host.at(row),
      domain: domain.at(row),
      isPersonal: (flags.at(row) & PERSONAL) !== 0,
    }),
    finish: () => ({
      canonical: canonical.words(),
      loose: loose.words(),
      handle: handle.words(),
      host: host.words(),
      domain: domain.words(),
      isPersonal: flagged(flags, PERSONAL),
      isAccount: flagged(flags, ACCOUNT),
    }),
  }
}

function flagged(flags: WordList, flag: number): Uint8Array {
  const found = new Uint8Array(flags.length())
  for (let row = 0; row < found.length; row++) found[row] = (flags.at(row) & flag) === 0 ? 0 : 1
  return found
}

/** Each address is read once. */
function createFurtherHandles(read: EmailTableBuilder['furtherHandles']) {
  const known = new Map<number, readonly number[]>()
  const [address, handle] = [createList(), createList()]
  return {
    of: (code: number, isGivenName: (word: string) => boolean): readonly number[] => {
      const before = known.get(code)
      if (before !== undefined) return before
      const found = read(code, isGivenName).filter(one => one !== 0)
      known.set(code, found)
      for (const one of found) {
        address.push(code)
        handle.push(one)
      }
      return found
    },
    finish: () => ({ address: address.words(), handle: handle.words() }),
  }
}

/** A local part that is nothing to anybody: what a host makes of it, it makes of every clean one. */
const CLEAN_LOCAL_PART = 'qx.vwq'

/** Of a host; null where what it makes of an address is not that simple. Each host is read once. */
function createCleanHosts(
  read: (text: string) => EmailReading,
  hosts: TextCodes,
): (host: AsciiRun) => CleanHost | null {
  const texts = createTextTable()
  const known: (CleanHost | null)[] = [null]
  const look = (name: string): CleanHost | null => {
    const { canonical, host: own, corporateDomain, guard } = read(`${CLEAN_LOCAL_PART}@${name}`)
    const isDotless = canonical === `${CLEAN_LOCAL_PART.replace('.', '')}@${name}`
    if (guard !== null || own !== name || (!isDotless && canonical !== `${CLEAN_LOCAL_PART}@${name}`)) return null
    return { isDotless, host: hosts.codeOf(own), domain: hosts.codeOf(corporateDomain ?? '') }
  }
  return host => {
    const code = texts.codeOfAscii(host)
    if (code === known.length) known.push(look(texts.text(code)))
    return known[code] ?? null
  }
}

function isAccountAt(
  { guard, host }: Pick<EmailReading, 'guard' | 'host'>,
  local: string,
  roles: ReadonlySet<string>,
): boolean {
  return guard === 'relay' && ACCOUNTS.has(host ?? '') && !NOBODY.has(local) && !roles.has(local)
}

/** Does what is before the `@` name somebody? Of relays, code hosts alone write the name of an account there. */
function isSomebodys({ guard, host }: Pick<EmailReading, 'guard' | 'host'>): boolean {
  if (guard === 'relay') return CODE_HOSTS.has(registrableName(host ?? ''))
  return guard === null || guard === 'not_an_address'
}

function registrableName(host: string): string {
  return host.split('.').slice(-2).join('.')
}

/** Most loose forms are the canonical one: its code is known. */
function codeAs(texts: TextCodes, text: string, same: Readonly<{ known: string; code: number }>): number {
  return text === same.known ? same.code : texts.codeOf(text)
}

/** Code hosts give `number+handle` as the local part of their private addresses. */
function localOf(canonical: string, host: string | null): string {
  const at = canonical.lastIndexOf('@')
  const local = at < 0 ? canonical : canonical.slice(0, at)
  if (!local.includes('+')) return local
  if (host !== null && /^\d+\+/.test(local)) return local.replace(/^\d+\+/, '')
  return local.replace(/\+.*$/s, '')
}

function handleText(text: string, roles: ReadonlySet<string>): string {
  const compact = compactText(text)
  if (NOBODY.has(compact) || roles.has(compact) || (NUMBER.test(compact) && !isTellingNumber(compact))) return ''
  return compact.length < LEAST_HANDLE ? '' : compact
}

function isTellingNumber(digits: string): boolean {
  return digits.length >= LEAST_NUMBER && !/^(\d)\1*$/.test(digits) && !COUNTED.includes(digits)
}

function compactText(text: string): string {
  if (SIMPLE.test(text)) return text
  if (SIMPLE_BUT_FOR_SEPARATORS.test(text)) return text.replace(/[._-]/g, '')
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

function looseForm(canonical: string, account: string | null): string {
  return account ?? (canonical.includes('+') ? canonical.replace(/\+[^@]*@/, '@') : canonical)
}
