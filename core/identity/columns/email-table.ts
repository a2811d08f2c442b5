import type { EmailReading } from '../email.ts'
import { GENERIC_PERSON_NAMES } from '../reference/name-words.ts'
import { DUMMY_WORDS } from '../reference/placeholders.ts'
import { ACCOUNT_HOSTS, NOREPLY_LOCAL_PARTS } from '../reference/relay.ts'
import { ROLE_LOCAL_PARTS } from '../reference/role-local-parts.ts'
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

const LEAST_HANDLE = 5
const ACCOUNTS = new Set(ACCOUNT_HOSTS.values)
const SIMPLE = /^[a-z0-9]*$/
const NOBODY = new Set([
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
  const columns = [
    createList(),
    createList(),
    createList(),
    createList(),
    createList(),
    createList(),
    createList(),
  ] as const
  const push = (...row: readonly number[]): void => columns.forEach((column, i) => void column.push(row[i] ?? 0))
  const handleOf = (text: string): number => handles.codeOf(handleText(text))
  const codeOf = (text: string): number => {
    const { canonical, host, corporateDomain, guard } = read(text)
    if (guard === 'placeholder' || canonical === '') return 0
    const code = canonicals.codeOf(canonical)
    const known = rows[code]
    if (known !== undefined) return known
    const local = localOf(canonical, host)
    const isPersonal = guard === null
    const isAccount = guard === 'relay' && ACCOUNTS.has(host ?? '') && !NOBODY.has(local)
    const loose = looseForm(canonical, isAccount ? `${local}@${host}` : null)
    const [own, company] = [hosts.codeOf(host ?? ''), hosts.codeOf(corporateDomain ?? '')]
    push(
      code,
      isPersonal || isAccount ? codeAs(canonicals, loose, { known: canonical, code }) : 0,
      handleOf(local),
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

/** Most loose forms are the canonical one: its code is known. */
function codeAs(texts: Dictionary, text: string, same: Readonly<{ known: string; code: number }>): number {
  return text === same.known ? same.code : texts.codeOf(text)
}

/** Code hosts give `number+handle` as the local part of their private addresses. */
function localOf(canonical: string, host: string | null): string {
  const at = canonical.lastIndexOf('@')
  const local = at < 0 ? canonical : canonical.slice(0, at)
  if (host !== null && /^\d+\+/.test(local)) return local.replace(/^\d+\+/, '')
  return local.replace(/\+.*$/s, '')
}

function handleText(text: string): string {
  const compact = SIMPLE.test(text) ? text : text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return compact.length < LEAST_HANDLE || /^\d+$/.test(compact) || NOBODY.has(compact) ? '' : compact
}

function looseForm(canonical: string, account: string | null): string {
  return account ?? (canonical.includes('+') ? canonical.replace(/\+[^@]*@/, '@') : canonical)
}
