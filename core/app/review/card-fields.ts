import type { Output } from '#contract/contract'
import { corporateDomainBy, type EmailReading, emailReader, foldText } from '#identity'
import { compareCodePoints } from '#lib/text'
import { readRecord, type SourceRecord } from '#store'
import type { Pair, Question } from './answers.ts'
import { leftObject, rightObject, TABLE_OF } from './names.ts'
import type { Room } from './room.ts'

type Card = Output<'review.card'>
type Field = Card['fields'][number]
type Fields = SourceRecord['fields']
type Both = readonly [left: SourceRecord | null, right: SourceRecord | null]

/** Both records of a pair as they were read; null for one that is gone. */
export function recordsOf({ db }: Pick<Room, 'db'>, { question, a, b }: Pair): Both {
  return [readRecord(db, TABLE_OF[leftObject(question)], [a]), readRecord(db, TABLE_OF[rightObject(question)], [b])]
}

/** Where a record stands in its file. */
export function placeOf(record: SourceRecord | null): Card['places']['left'] {
  return record === null ? null : { file: record.file, line: record.line }
}

/** Fields of both records beside each other: only what says the same kind of thing is compared. */
export function fieldsOfPair(room: Room, pair: Pair, [left, right]: Both): Field[] {
  const [own, other] = [left?.fields ?? [], right?.fields ?? []]
  const fields =
    pair.question === 'persons' || pair.question === 'workspaces'
      ? besideEachOther(own, other, { counterpart: name => name, read: readerOf(room) })
      : besideAccount(room, { ...pair, question: pair.question }, [own, other])
  return withoutEmpty(fields)
}

/** Fields of two records of accounts, each beside its like; without their ids, which tell nothing. */
export function fieldsOfAccounts(room: Pick<Room, 'db' | 'desk'>, a: string, b: string): Field[] {
  const [left = [], right = []] = [a, b].map(id =>
    (readRecord(room.db, 'accounts', [id])?.fields ?? []).filter(({ name }) => name !== 'account_id'),
  )
  return withoutEmpty(besideEachOther(left, right, { counterpart: name => name, read: readerOf(room) }))
}

function readerOf({ desk: { settings } }: Pick<Room, 'desk'>): Read {
  return emailReader(settings.domains, settings.words)
}

function withoutEmpty(fields: readonly Field[]): Field[] {
  return fields.filter(({ left, right }) => left !== null || right !== null)
}

type Beside = Readonly<{
  /** Name of the field of the right record that says the same kind of thing; null: none does. */
  counterpart: (name: string) => string | null
  read: Read
}>

function besideEachOther(left: Fields, right: Fields, { counterpart, read }: Beside): Field[] {
  const rights = new Map(right.map(({ name, value }) => [name, value]))
  const fields = left.map(({ name, value }): Field => {
    const found = counterpart(name)
    // What is missing on the left leaves a field of another name to itself.
    const other = value === null && found !== name ? null : found
    const own = other === null ? null : (rights.get(other) ?? null)
    if (other !== null) rights.delete(other)
    return IS_DOMAIN.test(name) ? domainField(fieldOf(name, value, own), read) : fieldOf(name, value, own)
  })
  const names = new Set(left.map(({ name }) => name))
  return [
    ...fields,
    ...[...rights].map(([name, value]) => fieldOf(names.has(name) ? `account_${name}` : name, null, value)),
  ]
}

function fieldOf(name: string, left: string | null, right: string | null): Field {
  if (left === null || right === null) return { name, left, right, state: right === null ? 'left-only' : 'right-only' }
  const state = left === right ? 'same' : foldText(left) === foldText(right) ? 'case' : 'different'
  return { name, left, right, state }
}

const IS_DOMAIN = /_domains?$/

/** What is compared is the corporate domain, however it is written: `https://www.acme.com/` and `acme.com` are one. */
function domainField(field: Field, read: Read): Field {
  if (field.state !== 'different') return field
  const [left, right] = [field.left, field.right].map(text => domainsIn(text, read))
  const isOne = left !== undefined && left.length > 0 && left.join() === right?.join()
  return isOne ? { ...field, state: 'case' } : field
}

/** Corporate domains of a cell, in code-point order; empty where a part of it is none. */
function domainsIn(text: string | null, read: Read): readonly string[] {
  const domains = (text ?? '').split(';').map(part => corporateDomainBy(read, part.trim()))
  const known = domains.filter(domain => domain !== null)
  return known.length < domains.length ? [] : [...new Set(known)].sort(compareCodePoints)
}

type Mixed = Exclude<Question, 'persons' | 'workspaces'>

/** Columns of a record and of an account that say the same kind of thing. */
const COUNTERPARTS: Readonly<Record<Mixed, Readonly<Record<string, string>>>> = {
  signups: { company_name: 'name' },
  accounts: {
    workspace_name: 'name',
    country: 'hq_country',
    billing_entity_id: 'billing_entity_id',
    tax_id: 'tax_id',
    account_id: 'account_id',
  },
  companies: {
    name: 'name',
    primary_domain: 'primary_domain',
    sso_domain: 'sso_domain',
    hq_country: 'hq_country',
    billing_entity_id: 'billing_entity_id',
    tax_id: 'tax_id',
    billing_contact_email: 'billing_contact_email',
    crm_id: 'crm_id',
    employee_count: 'employee_count',
    industry: 'industry',
  },
}
/** Columns whose domain is held against the domains of the account, as its row is called. */
const DOMAINS: Readonly<Record<Mixed, Readonly<Record<string, string>>>> = {
  signups: { primary_email: 'domain_of_the_address' },
  accounts: {
    workspace_primary_domain: 'workspace_primary_domain',
    sso_domain: 'sso_domain',
    billing_contact_email: 'domain_of_the_billing_contact',
  },
  companies: { billing_contact_email: 'domain_it_is_billed_to' },
}
const OF_ACCOUNT = ['primary_domain', 'all_known_domains', 'sso_domain']

function besideAccount(
  { desk }: Room,
  { question, b }: Readonly<{ question: Mixed; b: string }>,
  [left, right]: readonly [Fields, Fields],
): Field[] {
  const read = readerOf({ desk })
  // Of two rows of accounts the address of the billing record is held against the domains of the other one.
  const isTurned = question === 'companies' && desk.found.companies.isBilling(b)
  const [asked, account] = isTurned ? [right, left] : [left, right]
  const domains = domainsOf(account, read)
  const compared = Object.entries(DOMAINS[question]).flatMap(([column, name]): Field[] => {
    const own = domainOf(textOf(asked, column), read)
    if (own === null || domains.length === 0) return []
    const other = domains.includes(own) ? own : domains.join('; ')
    return [isTurned ? fieldOf(name, other, own) : fieldOf(name, own, other)]
  })
  const others = besideEachOther(left, right, { counterpart: name => COUNTERPARTS[question][name] ?? null, read })
  const told = new Set(
    compared.map(({ name, left: own, right: other }) => JSON.stringify([name, isTurned ? other : own])),
  )
  const isTold = ({ name, left: own, right: other }: Field): boolean =>
    told.has(JSON.stringify([name, own])) ||
    (other !== null && own === null && OF_ACCOUNT.includes(name) && compared.some(one => one.right === other))
  return [...compared, ...others.filter(one => !isTold(one))]
}

type Read = (text: string | null) => EmailReading

/** Corporate domains of an account, as its row states them. */
export function domainsOf(account: Fields, read: Read): readonly string[] {
  const texts = OF_ACCOUNT.flatMap(column => textOf(account, column)?.split(';') ?? [])
  return [...new Set(texts.map(text => corporateDomainBy(read, text.trim())).filter(domain => domain !== null))]
}

/** Of an address, or of a domain by itself. */
function domainOf(text: string | null, read: Read): string | null {
  return text?.includes('@') === true ? read(text).corporateDomain : corporateDomainBy(read, text)
}

function textOf(fields: Fields, column: string): string | null {
  return fields.find(({ name }) => name === column)?.value ?? null
}
