import { eachInSteps, finish, flatMapSteps, type Steps } from '#lib/steps'
import { compareCodePoints } from '#lib/text'
import { type CompanyTable, createCompanyTable } from '../columns/company-table.ts'
import { companyNames } from '../compare/company-comparison.ts'
import { levelOf, stepsIn } from '../compare/comparison.ts'
import { type CompanyName, isWeakCompanyWord, readCompanyName } from '../normalise/company-name.ts'
import { STEPS_PER_BIT, UNKNOWN_OTHERS } from '../weigh/steps.ts'
import { SHIPPED_WORDS, type Words } from '../words/words.ts'
import { indexSlips, type SlipIndex } from './slip-index.ts'

/** An account as its name and domains show it. */
export type NamedAccount = Readonly<{ id: string; name: string | null; domains: readonly string[] }>

/** The one account that a name suggests. */
export type NameSuggestion = Readonly<{ accountId: string; value: string; bits: number }>

/** Suggests accounts by name. */
export type NameIndex = Readonly<{ suggest(name: string | null): NameSuggestion | null }>

const LEAST_LETTERS = 3
/** Levels of the company comparison from which on a name alone suggests an account. */
const WITHIN = 5
const SAME_WORDS = 6
/** Letters of a name that stands within another before it tells anything. */
const LEAST_START = 4
const LEAST_WITHIN_STEPS = 7 * STEPS_PER_BIT
const MOST_CANDIDATES = 60
/** What a name adds at most. */
const WHOLE_NAME_BITS = 4

/**
 * An index of accounts by name: names only suggest, nothing is assigned by them.
 *
 * Tried in this order, and given only where exactly one account fits: the whole name, without legal form, written together
 * or apart; the name of a domain; what stands in brackets; the same words in another order or with a slip; one name within the
 * other where the words they share are rare.
 *
 * @param accounts names and domains
 * @param lists placeholders and legal forms
 * @returns a generator that halts now and then
 *
 * Source: docs/methods/identity.md, "Accounts".
 */
export function* accountNameSteps(accounts: readonly NamedAccount[], lists: Words = SHIPPED_WORDS): Steps<NameIndex> {
  const nameOf = (text: string | null): CompanyName => readCompanyName(text, lists)
  const ordered = [...accounts].sort((a, b) => compareCodePoints(a.id, b.id))
  yield
  const exact = yield* exactNameSteps(ordered, nameOf)
  const byWords = yield* wordIndexSteps(ordered, lists)
  const asideOf = new Map<string, readonly string[]>()
  yield* eachInSteps(ordered, ({ id, name }) => {
    const { aside } = nameOf(name)
    if (aside.length > 0) asideOf.set(id, aside)
  })
  return {
    suggest: text => {
      const { kind, words, aside } = nameOf(text)
      if (kind !== 'name') return null
      const spellings = [words.join(''), aside.join('')].filter(({ length }) => length >= LEAST_LETTERS)
      const found = spellings.map(compact => exact.get(compact)).find(ids => ids?.size === 1)
      if (found === undefined) return words.join('').length < LEAST_LETTERS ? null : byWords(text)
      const [id = ''] = found
      const isOne = isOnePlace(aside, asideOf.get(id) ?? [])
      return isOne ? { accountId: id, value: `${text ?? ''} | ${id}`, bits: WHOLE_NAME_BITS } : null
    },
  }
}

/** The same in one go. */
export function indexAccountNames(...ground: Parameters<typeof accountNameSteps>): NameIndex {
  return finish(accountNameSteps(...ground))
}

/** What stands in brackets is mostly a place: a branch is not its sister, and not the whole. */
function isOnePlace(workspace: readonly string[], account: readonly string[]): boolean {
  return account.length === 0 || workspace.join('') === account.join('')
}

/** Whole names and names of domains, without blanks -> accounts. */
function* exactNameSteps(
  accounts: readonly NamedAccount[],
  nameOf: (text: string | null) => CompanyName,
): Steps<ReadonlyMap<string, ReadonlySet<string>>> {
  const [byName, byDomain] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()]
  const add = (index: Map<string, Set<string>>, key: string, id: string): void => {
    if (key !== '') index.set(key, (index.get(key) ?? new Set()).add(id))
  }
  yield* eachInSteps(accounts, ({ id, name, domains }) => {
    add(byName, nameOf(name).words.join(''), id)
    for (const domain of domains) add(byDomain, (domain.split('.')[0] ?? '').replaceAll('-', ''), id)
  })
  yield* eachInSteps(byDomain, ([key, ids]) => {
    if (!byName.has(key)) byName.set(key, ids)
  })
  return byName
}

/** Compares with the accounts that share a telling word. */
type ByWords = (text: string | null) => NameSuggestion | null

function* wordIndexSteps(accounts: readonly NamedAccount[], lists: Words): Steps<ByWords> {
  const builder = createCompanyTable(lists)
  const codes = Uint32Array.from(yield* flatMapSteps(accounts, ({ name }) => [builder.codeOf(name)]))
  yield
  const table = builder.finish(codes)
  yield
  const accountsOfWord = postings(codes, table)
  yield
  const slips = indexSlips(table.words.texts, LEAST_FOR_SLIP)
  yield
  return text => {
    const own = createCompanyTable(lists)
    const words = readCompanyName(text, lists).words
    const near = candidates(words, { table, accountsOfWord, slips })
    if (near.length === 0) return null
    const local = near.map(place => own.codeOf(accounts[place]?.name ?? null))
    const mine = own.codeOf(text)
    const compare = companyNames(withCounts(own.finish(Uint32Array.from(local)), table), {
      size: accounts.length,
      unknownOthers: UNKNOWN_OTHERS,
    })
    const ranked = near
      .map((place, i) => {
        const { id, name } = accounts[place] as NamedAccount // a place of the list
        return { id, name, result: compare(mine, local[i] as number) }
      })
      .sort((a, b) => b.result - a.result || compareCodePoints(a.id, b.id))
    const [first, second] = ranked
    if (first === undefined || !isTelling(first.result)) return null
    if (levelOf(first.result) === WITHIN && !isStart(readCompanyName(first.name, lists).words, words)) return null
    if (
      second !== undefined &&
      levelOf(second.result) >= WITHIN &&
      stepsIn(second.result) > stepsIn(first.result) - 2 * STEPS_PER_BIT
    )
      return null
    const bits = Math.min(3, stepsIn(first.result) / STEPS_PER_BIT)
    return { accountId: first.id, value: `${text ?? ''} | ${first.id}`, bits }
  }
}

function isTelling(result: number): boolean {
  const level = levelOf(result)
  return level >= SAME_WORDS || (level === WITHIN && stepsIn(result) >= LEAST_WITHIN_STEPS)
}

/** Does the name of an account, of some length, begin the name of a workspace? The other way round it is too often another one. */
function isStart(account: readonly string[], workspace: readonly string[]): boolean {
  const start = strongText(account)
  return start.length >= LEAST_START && strongText(workspace).startsWith(start)
}

function strongText(words: readonly string[]): string {
  return words.filter(word => !isWeakCompanyWord(word)).join('')
}

type Postings = Readonly<{
  table: CompanyTable
  accountsOfWord: ReadonlyMap<number, readonly number[]>
  slips: SlipIndex
}>

function postings(codes: Uint32Array, { word, isWeak }: CompanyTable): ReadonlyMap<number, readonly number[]> {
  const lists = new Map<number, number[]>()
  codes.forEach((code, place) => {
    for (let at = word.offsets[code] as number; at < (word.offsets[code + 1] as number); at++) {
      const part = word.codes[at] as number
      if (isWeak[part] === 1) continue
      const list = lists.get(part)
      if (list === undefined) lists.set(part, [place])
      else list.push(place)
    }
  })
  return lists
}

/** Accounts that share a word, or have one that is a letter apart; the rarest words first. */
function candidates(words: readonly string[], { table, accountsOfWord, slips }: Postings): readonly number[] {
  const found = new Set<number>()
  const lists = words
    .flatMap(word => {
      const code = table.words.find(word)
      return code === 0 ? slips.find(word) : [code]
    })
    .map(code => accountsOfWord.get(code) ?? [])
    .sort((a, b) => a.length - b.length)
  for (const list of lists) {
    if (found.size + list.length > MOST_CANDIDATES) break
    for (const place of list) found.add(place)
  }
  return [...found].sort((a, b) => a - b)
}

const LEAST_FOR_SLIP = 6

/** The few names at hand, weighed by how common their words are among all accounts. */
function withCounts(few: CompanyTable, all: CompanyTable): CompanyTable {
  return {
    ...few,
    wordCount: Uint32Array.from(few.words.texts, word => all.wordCount[all.words.find(word)] ?? 0),
  }
}
