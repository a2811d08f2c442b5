import type { EmailReading } from '../email.ts'
import { GENERIC_PERSON_NAMES } from '../reference/name-words.ts'
import { DUMMY_WORDS } from '../reference/placeholders.ts'
import { ACCOUNT_HOSTS, NOREPLY_LOCAL_PARTS } from '../reference/relay.ts'
import { PURPOSE_LOCAL_PARTS, ROLE_LOCAL_PARTS } from '../reference/role-local-parts.ts'
import { createDictionary, type Dictionary } from './dictionary.ts'
import { createList } from './list.ts'

/** Distinct addresses behind codes. Code 0 is "nothing known". */
export type EmailTable = Readonly<{
  /** Canonical addresses. */
  canonicals: Dictionary
  /** Hosts as they are, 0 where the address has none. */
  hosts: Dictionary
  /** Local parts without tag and separators, and handles from elsewhere. */
  handles: Dictionary
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
  ...ROLE_LOCAL_PARTS.values,
])

/** Collects addresses. */
export type EmailTableBuilder = Readonly<{
  /** The code of an address; all spellings of one have one. */
  codeOf(text: string): number
  /** The code of a handle that is no local part, 0 where it tells nobody from others. */
  handleOf(text: string): number
  finish(): EmailTable
}>

/** An empty builder that reads addresses with `read`. */
export function createEmailTable(read: (text: string) => EmailReading): EmailTableBuilder {
  /** Row of each canonical address that has one: all its spellings share it. */
  const rows: number[] = []
  const [canonicals, hosts, handles] = [createDictionary(), createDictionary(), createDictionary()]
  const columns = sevenLists()
  const push = (...row: readonly [number, number, number, number, number, number, number]): void => {
    for (let i = 0; i < row.length; i++) columns[i]?.push(row[i] as number) // i < length
  }
  const handleOf = (text: string): number => handles.codeOf(handleText(text))
  const codeOf = (text: string): number => {
    const { canonical, host, corporateDomain, guard } = read(text)
    if (guard === 'placeholder' || canonical === '') return 0
    const code = canonicals.codeOf(canonical)
    const known = rows[code]
    if (known !== undefined) return known
    const local = localOf(canonical, host)
    const isPersonal = guard === null
    const isAccount = isAccountAt({ guard, host }, local)
    const loose = looseForm(canonical, isAccount ? `${local}@${host}` : null)
    const [own, company] = [hosts.codeOf(host ?? ''), hosts.codeOf(corporateDomain ?? '')]
    push(
      code,
      isPersonal || isAccount ? codeAs(canonicals, loose, { known: canonical, code }) : 0,
      isSomebodys({ guard, host }) ? handleOf(local) : 0,
      own,
      company,
      Number(isPersonal),
      Number(isAccount),
    )
    rows[code] = columns[0].length() - 1
    return columns[0].length() - 1
  }
  push(0, 0, 0, 0, 0, 0, 0)
  return {
    codeOf,
    handleOf,
    finish: () => ({
      canonicals,
      hosts,
      handles,
      canonical: columns[0].words(),
      loose: columns[1].words(),
      handle: columns[2].words(),
      host: columns[3].words(),
      domain: columns[4].words(),
      isPersonal: Uint8Array.from(columns[5].words()),
      isAccount: Uint8Array.from(columns[6].words()),
    }),
  }
}

function isAccountAt({ guard, host }: Pick<EmailReading, 'guard' | 'host'>, local: string): boolean {
  return guard === 'relay' && ACCOUNTS.has(host ?? '') && !NOBODY.has(local)
}

/** Does what is before the `@` name somebody? Of relays, code hosts alone write the name of an account there. */
function isSomebodys({ guard, host }: Pick<EmailReading, 'guard' | 'host'>): boolean {
  if (guard === 'relay') return CODE_HOSTS.has(registrableName(host ?? ''))
  return guard === null || guard === 'not_an_address'
}

function registrableName(host: string): string {
  return host.split('.').slice(-2).join('.')
}

function sevenLists() {
  return [createList(), createList(), createList(), createList(), createList(), createList(), createList()] as const
}

/** Most loose forms are the canonical one: its code is known. */
function codeAs(texts: Dictionary, text: string, same: Readonly<{ known: string; code: number }>): number {
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

function handleText(text: string): string {
  const compact = compactText(text)
  if (NOBODY.has(compact) || (NUMBER.test(compact) && !isTellingNumber(compact))) return ''
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
