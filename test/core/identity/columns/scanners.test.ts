import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createAddressScanner } from '../../../../core/identity/columns/address-scanner.ts'
import { createEmailTable } from '../../../../core/identity/columns/email-table.ts'
import { createNameTable } from '../../../../core/identity/columns/name-table.ts'
import { createTextRun } from '../../../../core/identity/columns/text-table.ts'
import { emailReader } from '../../../../core/identity/email.ts'
import { readFullName } from '../../../../core/identity/normalise/person-name.ts'
import { wordsWith } from '../../../../core/identity/words/words.ts'

const locals = fc.oneof(
  fc.stringMatching(/^[a-z0-9._-]{1,12}$/),
  fc.constantFrom(
    'info',
    'in.fo',
    'jane.doe',
    'web-team',
    'friedrich.list',
    'no-reply',
    '0000',
    '12345678',
    'n-a',
    'a',
    '..',
    'test',
    'x_',
    '-x',
    'jane+tag',
    'helpline',
  ),
)
const hosts = fc.constantFrom(
  'acme.com',
  'gmail.com',
  'googlemail.com',
  'lists.acme.com',
  'list.ru',
  'acme.com.',
  'a_b.com',
  'users.noreply.github.com',
  'x.onmicrosoft.com',
  'mailinator.com',
  'test.com',
  'localhost',
  'acme.github.io',
  '',
)
const addresses = fc.tuple(locals, hosts).map(([local, host]) => `${local}@${host}`)
const changed = wordsWith(
  new Map([
    [
      'role_inbox',
      new Map([
        ['helpline', true],
        ['info', false],
      ]),
    ],
    ['placeholder', new Map([['janedoe', true]])],
  ]),
)

/** A table that looks at every address in full: nothing is clean with a blank before it, which the reader cuts. */
function slowly(read: ReturnType<typeof emailReader>, texts: readonly string[], words: typeof changed | undefined) {
  const table = createEmailTable(text => read(text.trim()), words)
  return { codes: texts.map(text => table.codeOf(` ${text}`)), columns: table.finish() }
}

const shown = ({
  canonicals,
  hosts: names,
  handles,
  ...columns
}: ReturnType<ReturnType<typeof createEmailTable>['finish']>) => ({
  ...columns,
  texts: [canonicals, names, handles].map(texts => Array.from({ length: texts.size() }, (_, code) => texts.text(code))),
})

describe('addresses that are read in one pass', () => {
  test.each([
    { why: 'the lists as shipped', words: undefined },
    { why: 'lists that a project has changed', words: changed },
  ])('$why: a table is the one that looks at each in full', ({ words }) => {
    fc.assert(
      fc.property(fc.array(addresses, { maxLength: 30 }), texts => {
        const read = emailReader(new Map(), words)
        const table = createEmailTable(read, words)
        const codes = texts.map(text => table.codeOf(text))
        const slow = slowly(read, texts, words)
        expect(codes).toEqual(slow.codes)
        expect(shown(table.finish())).toEqual(shown(slow.columns))
      }),
    )
  })

  test('lists of record after record have the codes that addresses get one by one', () => {
    const records = fc.array(fc.array(addresses, { maxLength: 3 }), { maxLength: 100 })
    fc.assert(
      fc.property(records, all => {
        const [table, single] = [createEmailTable(emailReader()), createEmailTable(emailReader())]
        for (const texts of all) {
          for (const text of texts) table.lists.add(text)
          table.lists.next()
        }
        const { offsets, codes } = table.lists.finish()
        const own = all.map(texts => [...new Set(texts.map(text => single.codeOf(text)))].filter(code => code !== 0))
        expect(all.map((_, i) => [...codes.subarray(offsets[i], offsets[i + 1])])).toEqual(own)
        expect(shown(table.finish())).toEqual(shown(single.finish()))
      }),
    )
  })

  test.each([
    { text: 'jane.doe7@acme.com', isClean: true },
    { text: 'jane+tag@acme.com', isClean: false },
    { text: 'Jane@acme.com', isClean: false },
    { text: '1234@acme.com', isClean: false },
    { text: 'dev-team@acme.com', isClean: false },
    { text: 'sales@acme.com', isClean: false },
    { text: 'jane@', isClean: false },
    { text: '@acme.com', isClean: false },
    { text: 'jane@doe@acme.com', isClean: false },
    { text: `${'j'.repeat(300)}@acme.com`, isClean: false },
  ])('$text: clean is $isClean', ({ text, isClean }) => {
    expect(createAddressScanner().isClean(text)).toBe(isClean)
  })
})

describe('names that are read in one pass', () => {
  const words = fc.oneof(
    fc.stringMatching(/^[A-Za-z]{1,8}$/),
    fc.constantFrom(
      'Dr',
      'Jr',
      'team',
      'root',
      'not',
      'set',
      'no',
      'name',
      'Ünal',
      '7',
      '',
      'unknown',
      'Mrs',
      'user',
      'Bot',
    ),
  )
  const names = fc.tuple(words, fc.constantFrom(' ', '  ', '.', ''), words).map(parts => parts.join(''))

  test('say what reading them in full says', () => {
    fc.assert(
      fc.property(fc.array(names, { maxLength: 30 }), texts => {
        const [table, slow] = [createNameTable(), createNameTable()]
        const run = createTextRun(texts.length)
        for (const text of texts) run.add(text)
        const { bytes, starts } = run.finish()
        const codes = Uint32Array.from(texts, (text, i) =>
          table.codeOfWhole({ bytes, from: starts[i] ?? 0, to: starts[i + 1] ?? 0 }, () => text),
        )
        const slowCodes = Uint32Array.from(texts, text => slow.codeOf(text, () => readFullName(text)))
        const [found, wanted] = [table.finish(codes), slow.finish(slowCodes)]
        expect(found.tokens.texts).toEqual(wanted.tokens.texts)
        texts.forEach((_, i) => {
          for (const column of ['kind', 'given', 'family', 'middle', 'core'] as const)
            expect(found[column][codes[i] ?? 0]).toBe(wanted[column][slowCodes[i] ?? 0])
        })
        expect([found.coreCount, found.givenCount, found.familyCount]).toEqual([
          wanted.coreCount,
          wanted.givenCount,
          wanted.familyCount,
        ])
      }),
    )
  })
})
