import type { Output, Parsed } from '#contract/contract'
import {
  emailReader,
  isZerosAndMarks,
  nicknameEntries,
  setAsideEntries,
  settingsIn,
  shippedWords,
  WORD_LISTS,
  type WordList,
  wordEntry,
} from '#identity'
import { AppError } from '#lib/errors'
import { compareCodePoints } from '#lib/text'
import { addDecision, identityDecisions, type Readable, rowsBy, type StoredDecision, type Writable } from '#store'

type Page = Output<'identity.words'>
type Entry = Page['entries'][number]
type Wanted = Parsed<'identity.setWord'> & Readonly<{ batch: string; now: number }>

const LIST_WORDS: Readonly<Record<WordList, string>> = {
  placeholder: 'placeholders',
  role_inbox: 'shared mailboxes',
  legal_form: 'legal forms',
  nickname: 'nicknames',
}

const NO_ENTRY: Readonly<Record<WordList, string>> = {
  placeholder: 'an entry has 1 to 100 letters',
  role_inbox: 'an entry is what stands before the @, such as info',
  legal_form: 'an entry has up to five words, such as gmbh or pty ltd',
  nickname: 'an entry is two given names that differ, such as robert:bob',
}

/** Entries of a list as the project has them: its own first, then the shipped ones, each in the order of their texts. */
export function wordPage(db: Readable, { list, search, limit }: Parsed<'identity.words'>): Page {
  const { wordChanges } = settingsIn(identityDecisions(db))
  const own = wordChanges.get(list) ?? new Map<string, boolean>()
  const { values, reviewed } = shippedWords(list)
  const said = [...own].map(([entry, isIn]): Entry => ({ entry, state: isIn ? 'added' : 'removed' }))
  const shipped = values.filter(entry => !own.has(entry)).map((entry): Entry => ({ entry, state: 'shipped' }))
  const text = search
    .trim()
    .toLowerCase()
    .replaceAll(' ', list === 'legal_form' ? '_' : ' ')
  const order = (a: Entry, b: Entry): number => compareCodePoints(a.entry, b.entry)
  const found = [...said.toSorted(order), ...shipped.toSorted(order)].filter(({ entry }) => entry.includes(text))
  return {
    lists: WORD_LISTS.map(name => {
      const changes = [...(wordChanges.get(name)?.values() ?? [])]
      const added = changes.filter(Boolean).length
      return { list: name, shipped: shippedWords(name).values.length, added, removed: changes.length - added }
    }),
    reviewed,
    matching: found.length,
    entries: found.slice(0, limit),
  }
}

/**
 * Says whether an entry belongs to a list in this project; nothing is kept where it is so already.
 *
 * @throws AppError usage/bad-argument where the text can be no entry of the list
 */
export function setWord(db: Writable, { list, entry: given, isIn, batch, now }: Wanted): Output<'identity.setWord'> {
  const entry = wordEntry(list, given)
  if (entry === null)
    throw new AppError(
      'usage/bad-argument',
      `"${given}" can be no entry of the ${LIST_WORDS[list]}: ${NO_ENTRY[list]}`,
      {
        list,
        entry: given,
      },
    )
  if (list === 'placeholder' && isZerosAndMarks(entry))
    throw new AppError(
      'usage/bad-argument',
      `"${entry}" stands for nothing known whatever the list says, as zeros and punctuation alone always do: it can be neither added nor removed`,
      { list, entry },
    )
  const isShipped = shippedWords(list).values.includes(entry)
  const before = settingsIn(identityDecisions(db)).wordChanges.get(list)?.get(entry) ?? null
  // What is as shipped needs no entry of its own.
  const wanted = isIn === isShipped ? null : isIn
  if (before === wanted) return { decisionNo: null, entry }
  const subject = [{ source: 'words', object: list, key: entry }]
  const about = { kind: 'set_type' as const, subject, payload: { isIn: wanted, batch }, reverts: null }
  return { decisionNo: addDecision(db, { ...about, decidedAt: now }), entry }
}

/** What an entry of the log says of a word; null where it is about something else. */
export function wordSentence({ kind, subject: [about], payload }: StoredDecision): string | null {
  if (kind !== 'set_type' || about?.source !== 'words') return null
  const list = LIST_WORDS[WORD_LISTS.find(name => name === about.object) ?? 'placeholder']
  if (payload['isIn'] === true) return `"${about.key}" is one of the ${list}`
  return payload['isIn'] === false
    ? `"${about.key}" is none of the ${list}`
    : `"${about.key}" of the ${list} as shipped`
}

/** Entries of the lists that decided about two users, one sentence each. */
export function decidingWords(db: Readable, ids: readonly [string, string]): string[] {
  const { words, domains, wordChanges } = settingsIn(identityDecisions(db))
  const rows = rowsBy(db, 'users', 'user_id', ids)
  const said = (list: WordList, entry: string): string =>
    `"${entry}" is one of the ${LIST_WORDS[list]}${wordChanges.get(list)?.get(entry) === true ? ' of this project' : ''}`
  const read = emailReader(domains, words)
  const asides = rows.flatMap(row =>
    setAsideEntries(row, { read, words }).map(
      ({ list, entry, field, value }) =>
        `${field.replaceAll('_', ' ')} "${value}" of ${row.user_id} counts for nothing: ${said(list, entry)}.`,
    ),
  )
  const [a, b] = rows
  const nicknames = a === undefined || b === undefined ? [] : nicknameEntries(a.name, b.name, words)
  return [...asides, ...nicknames.map(entry => `The given names may be one: ${said('nickname', entry)}.`)]
}
