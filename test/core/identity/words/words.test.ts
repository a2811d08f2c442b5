import { expect, test } from 'vitest'
import { createNameTable, isNickname } from '../../../../core/identity/columns/name-table.ts'
import { emailReader } from '../../../../core/identity/email.ts'
import { readCompanyName } from '../../../../core/identity/normalise/company-name.ts'
import { readFullName } from '../../../../core/identity/normalise/person-name.ts'
import { comparedBy } from '../../../../core/identity/people/weigh-users.ts'
import { settingsIn } from '../../../../core/identity/settings.ts'
import { nicknameEntries, setAsideEntries } from '../../../../core/identity/words/deciding-entries.ts'
import { isZerosAndMarks, type WordList, wordEntry } from '../../../../core/identity/words/word-lists.ts'
import { shippedWords, type Words } from '../../../../core/identity/words/words.ts'

type Change = readonly [list: WordList, entry: string, isIn: boolean | null]

function wordsOf(...changes: readonly Change[]): Words {
  return settingsIn(decisions(changes)).words
}

function decisions(changes: readonly Change[]) {
  return changes.map(([list, entry, isIn], i) => ({ id: String(i + 1), type: 'set_word' as const, list, entry, isIn }))
}

test.each([
  { why: 'quotes and case of a placeholder do not count', list: 'placeholder', text: ' "N.V.T." ', entry: 'n.v.t.' },
  { why: 'of an address what is before the @', list: 'role_inbox', text: 'Front.Desk+eu@acme.com', entry: 'frontdesk' },
  { why: 'words of a legal form are parted by _', list: 'legal_form', text: 'Pty. Ltd.', entry: 'pty_ltd' },
  { why: 'a legal form of six words', list: 'legal_form', text: 'a b c d e f', entry: null },
  { why: 'two names, folded', list: 'nickname', text: 'Réné : Nénè', entry: 'rene:nene' },
  { why: 'an equals sign parts names too', list: 'nickname', text: 'robert=bobo', entry: 'robert:bobo' },
  { why: 'one name alone', list: 'nickname', text: 'robert', entry: null },
  { why: 'a name of two words', list: 'nickname', text: 'mary ann:mary', entry: null },
  { why: 'a name and itself', list: 'nickname', text: 'bob:Bob', entry: null },
  { why: 'nothing but quotes', list: 'placeholder', text: '""', entry: null },
] as const)('entry: $why', ({ list, text, entry }) => {
  expect(wordEntry(list, text)).toBe(entry)
})

test('a placeholder of the project is nothing as name, company and address; one taken away is something', () => {
  const words = wordsOf(['placeholder', 'niemand', true], ['placeholder', 'test', false])
  expect(readFullName('Niemand').kind).toBe('bare')
  expect(readFullName('"NIEMAND"', words).kind).toBe('none')
  expect(readCompanyName('Niemand', words).kind).toBe('none')
  const read = emailReader(new Map(), words)
  expect(read('niemand@acme.com').guard).toBe('placeholder')
  expect(emailReader()('niemand@acme.com').guard).toBeNull()
  expect(words.isPlaceholder('test')).toBe(false)
  expect(words.isPlaceholder('n/a')).toBe(true)
})

test('a shared mailbox of the project identifies nobody, in any spelling; one taken away may', () => {
  const read = emailReader(new Map(), wordsOf(['role_inbox', 'werkplaats', true], ['role_inbox', 'talent', false]))
  expect(read('Werk.plaats+1@acme.com').guard).toBe('role_inbox')
  expect(read('talent@acme.com').guard).toBeNull()
  expect(read('info@acme.com').guard).toBe('role_inbox')
})

test('a legal form of the project is cut, one taken away stays', () => {
  const words = wordsOf(['legal_form', 'oy_ltd', true], ['legal_form', 'spa', false])
  expect(readCompanyName('Acme Oy Ltd', words).words).toEqual(['acme'])
  expect(readCompanyName('Acme Spa', words).words).toEqual(['acme', 'spa'])
  expect(readCompanyName('Acme Spa').words).toEqual(['acme'])
})

test('nicknames of the project stand for each other, those taken away do not', () => {
  const words = wordsOf(['nickname', 'guillermo:memo', true], ['nickname', 'robert:bob', false])
  const isOne = (a: string, b: string): boolean => {
    const builder = createNameTable(words)
    const codes = [a, b].map(name => builder.codeOf(name, () => readFullName(name, words)))
    const table = builder.finish(Uint32Array.from(codes))
    const given = codes.map(code => table.given[code] as number) // one per name
    return isNickname(table, given[0] ?? 0, given[1] ?? 0)
  }
  expect(isOne('Guillermo Diaz', 'Memo Diaz')).toBe(true)
  expect(isOne('Robert Roe', 'Bob Roe')).toBe(false)
  expect(isOne('Robert Roe', 'Rob Roe')).toBe(true)
  expect(nicknameEntries('Guillermo Diaz', 'Memo Diaz', words)).toEqual(['guillermo:memo'])
  expect(nicknameEntries('Rob Roe', 'Bobby Roe', wordsOf())).toContain('robert:rob')
  expect(nicknameEntries('Rob Roe', 'Rob Doe', wordsOf())).toEqual([])
})

test('the last thing said of an entry counts, and null is as shipped', () => {
  const log: Change[] = [
    ['placeholder', 'niemand', true],
    ['placeholder', 'niemand', null],
  ]
  expect(settingsIn(decisions(log)).wordChanges.size).toBe(0)
  expect(wordsOf(...log)).toBe(wordsOf())
})

test('kept pairs are of the words they were compared by, whatever the order of the log', () => {
  const [one, other]: [Change, Change] = [
    ['placeholder', 'niemand', true],
    ['nickname', 'robert:bob', false],
  ]
  const both = comparedBy(decisions([one, other]))
  expect(comparedBy(decisions([other, one]))).toEqual(both)
  expect(comparedBy(decisions([one]))).not.toEqual(both)
  expect(comparedBy([])).not.toEqual(both)
})

test('what a value of a record was set aside by is named', () => {
  const nothing = {
    phone: null,
    company_name: '',
    job_title: null,
    device_id: null,
    sso_subject: null,
    contact_id: null,
  }
  const words = wordsOf(['placeholder', 'niemand', true])
  const row = { ...nothing, primary_email: 'in.fo+eu@acme.com', name: '"Niemand"' }
  expect(setAsideEntries(row, { read: emailReader(new Map(), words), words })).toEqual([
    { list: 'role_inbox', entry: 'info', field: 'primary_email', value: 'in.fo+eu@acme.com' },
    { list: 'placeholder', entry: 'niemand', field: 'name', value: '"Niemand"' },
  ])
  expect(
    setAsideEntries(
      { ...nothing, primary_email: 'jane@acme.com', name: 'Jane' },
      { read: emailReader(), words: wordsOf() },
    ),
  ).toEqual([])
})

test.each([
  { why: 'blanks within it', written: 'Demo  Co', value: 'demo co' },
  { why: 'a tab within a value', written: 'demo co', value: '"Demo\t Co"' },
  { why: 'blanks that the log has from before', written: null, value: 'DEMO   CO' },
])('a placeholder of two words is one whatever the blanks: $why', ({ written, value }) => {
  const entry = written === null ? 'demo  co' : (wordEntry('placeholder', written) ?? '')
  expect(wordsOf(['placeholder', entry, true]).isPlaceholder(value)).toBe(true)
  expect(wordsOf().isPlaceholder(value)).toBe(false)
  expect(wordsOf(['placeholder', entry, true]).isPlaceholder('democo')).toBe(false)
})

test('no shipped placeholder is of zeros and punctuation alone, as these always stand for nothing', () => {
  expect(shippedWords('placeholder').values.filter(isZerosAndMarks)).toEqual([])
  const marks = [
    '-',
    '--',
    '0',
    '00-0',
    '\u2014',
    '\u2013 \u2013',
    '\u2212',
    '...',
    '\u2026',
    '/',
    '?',
    '*',
    '#',
    '()',
    '\u200b',
    '\u00a0',
  ]
  for (const value of [...marks, '0.00', '$0', '0000-00-00 00:00:00', ',', '\u3002'])
    expect(`${value} ${wordsOf().isPlaceholder(value)}`).toBe(`${value} true`)
  for (const value of ['1', '-2', '0x1', '\u4f1f', 'C#', '0a', '\u00bd'])
    expect(wordsOf().isPlaceholder(value)).toBe(false)
})

test.each([
  ...[
    '#REF!',
    '#NULL!',
    '#VALUE!',
    '#DIV/0!',
    '#NAME?',
    '#NUM!',
    'n/a.',
    'None.',
    'not available',
    'Not applicable',
    'no data',
  ],
  ...[
    '<nil>',
    '<NA>',
    '(n/a)',
    'not provided',
    'null null',
    'N/A N/A',
    'undefined undefined',
    'n/a, n/a',
    'null - null',
  ],
  ...['None None', 'null undefined', '\uff2e\uff35\uff2c\uff2c', 'null\u200b', '\u200bn/a', '"null" "null"'],
])('what exports write for nothing is a placeholder: %s', value => {
  expect(wordsOf().isPlaceholder(value)).toBe(true)
})

test.each(['Nan Doe', 'Test Kitchen', 'na 1', 'Null, Jane', 'n/a.x', 'not', 'nobody.'])(
  'what says something is none: %s',
  value => {
    expect(wordsOf().isPlaceholder(value)).toBe(false)
  },
)

test('words that each stand for nothing do so together, by the lists of the project', () => {
  const words = wordsOf(['placeholder', 'niemand', true], ['placeholder', 'test', false])
  expect(words.isPlaceholder('Niemand n/a')).toBe(true)
  expect(words.isPlaceholder('test test')).toBe(false)
  const nobody = {
    phone: null,
    company_name: null,
    job_title: null,
    device_id: null,
    sso_subject: null,
    contact_id: null,
  }
  const row = { ...nobody, primary_email: null, name: 'Niemand Niemand' }
  expect(setAsideEntries(row, { read: emailReader(), words }).map(({ entry }) => entry)).toEqual(['niemand'])
})

test('every shipped entry is in the form in which entries are looked up', () => {
  for (const list of ['role_inbox', 'legal_form', 'nickname'] as const)
    expect(shippedWords(list).values.filter(entry => wordEntry(list, entry.replaceAll('_', ' ')) !== entry)).toEqual([])
})
