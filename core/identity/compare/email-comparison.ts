import { type CodeLists, soleCodes } from '../columns/list.ts'
import { NAME_KIND } from '../columns/name-table.ts'
import type { PersonColumns } from '../columns/person-columns.ts'
import { foldedWords } from '../normalise/fold.ts'
import { inLatinScript } from '../normalise/latin-script.ts'
import type { PERSON_WEIGHTS } from '../weigh/person-weights.ts'
import { frequencySteps, highest, MOST_ATTRIBUTE_STEPS, stepsOf, UNKNOWN_OTHERS } from '../weigh/steps.ts'
import { bothValues, type Comparison, levelOf, levelRanks, levelSet, NOTHING, packed, stepsIn } from './comparison.ts'
import { emailReach, emailsApart } from './email-reach.ts'
import type { EmailTables, HandleTables, MailboxTables } from './email-tables.ts'
import { identifierSteps, stepsByCode } from './identifier-steps.ts'
import { isOneEditApart } from './similarity.ts'
import { spelledNames } from './spelled-names.ts'

const LEVELS = [
  'nothing',
  'different',
  'same company',
  'handle made of the shared name',
  'handle spells a part of the other name',
  'part of the address spells the other name',
  'handle spells the other name',
  'part of the address is the same handle',
  'same handle',
  'a slip of the hand apart',
  'one mailbox but for the tag',
  'one account of a code host',
  'one mailbox',
] as const
const RANK = levelRanks(LEVELS)
const DIFFERENT = RANK.different
const COMPANY = RANK['same company']
const SHARED_NAME = RANK['handle made of the shared name']
const SPELLS_PART = RANK['handle spells a part of the other name']
const PART_SPELLS = RANK['part of the address spells the other name']
const SPELLS = RANK['handle spells the other name']
const PART_HANDLE = RANK['part of the address is the same handle']
const HANDLE = RANK['same handle']
const SLIP = RANK['a slip of the hand apart']
const TAG = RANK['one mailbox but for the tag']
const ACCOUNT = RANK['one account of a code host']
const MAILBOX = RANK['one mailbox']
const LEAST_FOR_SLIP = 10
/** Brothers have them, too. */
const GUESSES = [
  'handle spells a part of the other name',
  'part of the address spells the other name',
  'part of the address is the same handle',
] as const

type Weights = typeof PERSON_WEIGHTS

/** What addresses are compared by, besides the records. */
export type EmailGround = Readonly<{
  weights: Weights
  /** As in `nameComparison`. */
  unknownOthers: number
  /** Made of the same records. */
  tables: EmailTables
}>

/**
 * Compares email addresses as one group with ordered levels: mailbox, tag, slip, local part, company; a domain is paid for
 * once. Of several addresses the best pair counts. Only one mailbox is an identifier, less what genericity costs it.
 *
 * @param columns records
 * @param ground weights of the levels, and what is counted
 *
 * Source: docs/methods/identity.md, "Email addresses".
 */
export function emailComparison(
  columns: PersonColumns,
  { weights, unknownOthers, tables: known }: EmailGround,
): Comparison {
  const { emails, email } = columns
  const { canonicals, canonical, loose, host, domain, handle, isAccount } = emails
  const { shared, length, rows, places } = known.mailboxes
  const isPersonal = emails.isPersonal.map((own, code) => (shared[canonical[code] as number] === 1 ? 0 : own))
  const tables = frequencies(columns.size, known.mailboxes, weights.email)
  const fixed = {
    slip: stepsOf(weights.email['a slip of the hand apart'].bits),
    different: stepsOf(weights.email.different.bits),
    account: accountSteps(columns.size, weights.email['one account of a code host'].m),
  }
  const byHandle = handleComparison(columns, { weights, unknownOthers, shared, tables: known.handles })

  // Codes lie within their tables; offsets have one entry more than there are records.
  const isNear = (x: number, y: number): boolean => {
    const isOneHost = host[x] === host[y]
    if ((!isOneHost && handle[x] !== handle[y]) || Math.abs((length[x] as number) - (length[y] as number)) > 1)
      return false
    return isSlip(canonicals.text(canonical[x] as number), canonicals.text(canonical[y] as number), isOneHost)
  }
  const personal = (x: number, y: number, isOne: boolean): number => {
    if (isOne) return packed(MAILBOX, tables.mailbox[canonical[x] as number] as number)
    const tagless = loose[x] as number
    if (tagless !== 0 && tagless === loose[y]) return packed(TAG, tables.loose[tagless] as number)
    return isNear(x, y) ? packed(SLIP, fixed.slip) : NOTHING
  }
  const pairOf = (x: number, y: number): number => {
    const [c, e, d] = [canonical[x] as number, canonical[y] as number, domain[x] as number]
    const isOne = c !== 0 && c === e
    const own = isPersonal[x] === 1 && isPersonal[y] === 1 ? personal(x, y, isOne) : NOTHING
    if (own !== NOTHING) return own
    if (isAccount[x] === 1 && isAccount[y] === 1 && loose[x] === loose[y] && shared[c] === 0 && shared[e] === 0)
      return packed(ACCOUNT, fixed.account)
    if (d !== 0 && d === domain[y]) return packed(COMPANY, tables.domain[d] as number)
    return isOne || c === 0 || e === 0 ? NOTHING : packed(DIFFERENT, fixed.different)
  }
  const best = bestPair(email, pairOf)
  const { only, isMany } = soleCodes(email)
  return {
    name: 'email',
    levels: LEVELS,
    most: MOST_ATTRIBUTE_STEPS,
    reach: emailReach(columns, { rows, places, slip: fixed.slip, different: fixed.different, byDomain: tables.domain }),
    apart: emailsApart({ rows, different: fixed.different }),
    compare: (a, b) => {
      const isOneEach = isMany[a] === 0 && isMany[b] === 0
      const found = isOneEach ? pairOf(only[a] as number, only[b] as number) : best(a, b)
      // One mailbox but for the tag is one handle, too: it is worth no less than that handle would be at another host.
      if (levelOf(found) === TAG) return packed(TAG, Math.max(stepsIn(found), stepsIn(byHandle(a, b))))
      return levelOf(found) >= SLIP ? found : Math.max(found, byHandle(a, b))
    },
    value: (a, b) => bothValues(shown(columns, a), shown(columns, b)),
    identifiers: levelSet(LEVELS, ['one mailbox']),
    conflicts: 0,
    guesses: levelSet(LEVELS, GUESSES),
    ofMany: levelSet(LEVELS, ['same company']),
  }
}

/** The best of all pairs of addresses of two records. */
function bestPair({ offsets, codes }: CodeLists, pairOf: (x: number, y: number) => number) {
  return (a: number, b: number): number => {
    let best = NOTHING
    for (let i = offsets[a] as number; i < (offsets[a + 1] as number); i++) {
      for (let j = offsets[b] as number; j < (offsets[b + 1] as number); j++)
        best = Math.max(best, pairOf(codes[i] as number, codes[j] as number))
    }
    return best
  }
}

/** Steps of each level that depends on how many records carry the value, by the code of the value. */
function frequencies(
  size: number,
  { canonicalCount, looseCount, domainCount }: MailboxTables,
  weights: Weights['email'],
) {
  const byLoose = frequencySteps(weights['one mailbox but for the tag'].m, size, highest(looseCount))
  const byDomain = frequencySteps(weights['same company'].m, size, highest(domainCount))
  return {
    mailbox: identifierSteps(canonicalCount, weights['one mailbox'].precision),
    loose: stepsByCode(looseCount, byLoose),
    domain: stepsByCode(domainCount, byDomain),
  }
}

/** Nobody else can have the account; others that write under it. */
const OTHERS_ON_ACCOUNT = 0.01

function accountSteps(size: number, m: number): number {
  return Math.min(stepsOf(Math.log2((m * size) / OTHERS_ON_ACCOUNT)), MOST_ATTRIBUTE_STEPS)
}

/** One letter apart within one host, or one mailbox name at two hosts one letter apart; other digits are another person. */
function isSlip(a: string, b: string, isOneHost: boolean): boolean {
  if (Math.min(a.length, b.length) < LEAST_FOR_SLIP || !isOneEditApart(a, b)) return false
  return !isOneHost || a.replace(/\d/g, '') !== b.replace(/\d/g, '')
}

type HandleGround = Pick<EmailGround, 'weights' | 'unknownOthers'> &
  Readonly<{ shared: Uint8Array; tables: HandleTables }>

/** Compares local parts and handles, also with what the other's full name would spell. */
function handleComparison(
  columns: PersonColumns,
  { weights, unknownOthers, shared, tables: { isTelling, people: counts } }: HandleGround,
) {
  const { names, name, emails, handle, spelled, size } = columns
  const firstShared = handleOfBoth(groupHandles(columns, shared))
  const most = highest(counts)
  const same = frequencySteps(weights.email['same handle'].m, size, most)
  const unlikely = stepsOf(Math.log2(UNKNOWN_OTHERS / unknownOthers))
  const spelledName = spelledNames(columns)
  const isOwn = ownsHandle(columns)
  const [whole, part] = [
    weights.email['handle spells the other name'].m,
    weights.email['handle spells a part of the other name'].m,
  ]
  const ofName = stepsOf(weights.email['handle made of the shared name'].bits)
  const named = name.map(code => ((names.kind[code] as number) >= NAME_KIND.part ? 1 : 0)) // codes lie within their tables
  const { only, isMany } = soleCodes(handle)
  const spelling = (own: number, other: number): number => {
    if (named[own] === 1) return NOTHING
    const code = firstShared(handle, own, spelled, other)
    if (code === 0) return NOTHING
    const { isWhole, others } = spelledName(code, name[other] as number) // one name per record
    const people = Math.max(others, (counts[code] as number) - 2) + unknownOthers // counts are within the table
    const steps = Math.min(stepsOf(Math.log2(((isWhole ? whole : part) * size) / people)), MOST_ATTRIBUTE_STEPS)
    if (!isWhole) return packed(SPELLS_PART, Math.max(0, steps))
    return packed(isOwn(own, code) ? SPELLS : PART_SPELLS, Math.max(0, steps))
  }
  const isShort = (code: number, ofName: number): boolean =>
    isMadeOf(emails.handles.text(code), givenAndFamily(columns, ofName))
  const isNumbered = (code: number): boolean => /\d$/.test(emails.handles.text(code))
  const sharing = (a: number, b: number, code: number): number => {
    if (
      named[a] === 1 &&
      named[b] === 1 &&
      !isNumbered(code) &&
      (has(spelled, a, code) || has(spelled, b, code) || isShort(code, name[a] as number))
    )
      return packed(SHARED_NAME, ofName)
    const steps = same[counts[code] as number] as number
    const level = isOwn(a, code) && isOwn(b, code) ? HANDLE : PART_HANDLE
    if (counts[code] !== 2) return packed(level, steps)
    const rare = isTelling[code] === 1 ? unlikely : unlikely >> 1
    return packed(level, Math.min(steps + rare, MOST_ATTRIBUTE_STEPS))
  }
  return (a: number, b: number): number => {
    const isNamedBoth = named[a] === 1 && named[b] === 1
    if (isNamedBoth && only[a] !== only[b] && isMany[a] === 0 && isMany[b] === 0) return NOTHING
    const code = firstShared(handle, a, handle, b)
    if (code !== 0) return sharing(a, b, code)
    return isNamedBoth ? NOTHING : Math.max(spelling(a, b), spelling(b, a))
  }
}

/** Is a handle of a record a whole local part of it, or the single word that it has as name? Others are made of parts of an address. */
function ownsHandle({ names, name, emails, email }: PersonColumns): (record: number, handle: number) => boolean {
  return (record, handle) => {
    const code = name[record] as number // one name per record; offsets have one entry more, codes lie within their tables
    for (let i = email.offsets[record] as number; i < (email.offsets[record + 1] as number); i++)
      if (emails.handle[email.codes[i] as number] === handle) return true
    return (
      names.kind[code] === NAME_KIND.bare && isWord(emails.handles.text(handle), givenAndFamily({ names }, code)[0])
    )
  }
}

function isWord(handle: string, word: string): boolean {
  return handle === word || foldedWords(handle).map(inLatinScript).join('') === word
}

function givenAndFamily({ names }: Pick<PersonColumns, 'names'>, name: number): readonly [string, string] {
  const { given, family, tokens } = names
  // Codes lie within their tables.
  return [tokens.texts[given[name] as number] ?? '', tokens.texts[family[name] as number] ?? '']
}

/** Is a handle the beginnings of both names, in either order: `owenfai`, `faiow`? Names have no marks, so `roesler` is `rosler`, too. */
function isMadeOf(handle: string, names: readonly [given: string, family: string]): boolean {
  const letters = handle.replace(/[^\p{L}]/gu, '')
  return begin(letters, names) || begin(letters.replace(/([aou])e/g, '$1'), names)
}

function begin(letters: string, [given, family]: readonly [string, string]): boolean {
  return areBegun(letters, given, family) || areBegun(letters, family, given)
}

function areBegun(letters: string, first: string, second: string): boolean {
  for (let length = 1; length < letters.length && first.startsWith(letters.slice(0, length)); length++)
    if (second.startsWith(letters.slice(length))) return true
  return false
}

/** 1 for local parts of mailboxes that people share: they are nobody's handle. */
function groupHandles({ emails }: PersonColumns, shared: Uint8Array): Uint8Array {
  const found = new Uint8Array(emails.handles.size())
  // Codes lie within their tables.
  const isShared = (row: number): boolean => shared[emails.canonical[row] as number] === 1
  emails.handle.forEach((code, row) => {
    if (isShared(row)) found[code] = 1
  })
  emails.further.handle.forEach((code, i) => {
    if (isShared(emails.further.address[i] as number)) found[code] = 1
  })
  return found
}

/** A handle that both have and that is not of a mailbox that people share; 0 where there is none. */
function handleOfBoth(isOfGroup: Uint8Array) {
  return (left: CodeLists, a: number, right: CodeLists, b: number): number => {
    for (let i = left.offsets[a] as number; i < (left.offsets[a + 1] as number); i++) {
      const code = left.codes[i] as number
      if (isOfGroup[code] === 0 && has(right, b, code)) return code
    }
    return 0
  }
}

function has({ offsets, codes }: CodeLists, record: number, code: number): boolean {
  for (let i = offsets[record] as number; i < (offsets[record + 1] as number); i++) if (codes[i] === code) return true
  return false
}

function shown({ emails, email, handle }: PersonColumns, record: number): string {
  const codes = email.codes.subarray(email.offsets[record], email.offsets[record + 1])
  const texts = [...codes].map(code => emails.canonicals.text(emails.canonical[code] ?? 0))
  const own = handle.codes.subarray(handle.offsets[record], handle.offsets[record + 1])
  return (texts.length > 0 ? texts : [...own].map(code => emails.handles.text(code))).join(' ')
}
