import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createDictionary } from '../../../../core/identity/columns/dictionary.ts'
import { hashText } from '../../../../core/identity/columns/hash-text.ts'
import { createTextTable, TEXT_SEED } from '../../../../core/identity/columns/text-table.ts'

const texts = fc.array(
  fc.string({
    unit: fc.oneof(fc.constantFrom('a', 'b', 'é', '王', '\u0000'), fc.string({ unit: 'binary' })),
    maxLength: 40,
  }),
)

describe('a table of texts in bytes', () => {
  test('gives the codes of a dictionary, and every text back, lone surrogates too', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.constantFrom('\ud800', '\udfff', 'x\ud83d', '\ufffe')), (given, odd) => {
        const [table, dictionary] = [createTextTable(), createDictionary()]
        for (const text of [...given, ...odd, ...given]) expect(table.codeOf(text)).toBe(dictionary.codeOf(text))
        const read = table.finish()
        expect(read.size()).toBe(dictionary.size())
        dictionary.texts.forEach((text, code) => {
          expect([table.text(code), read.text(code), table.find(text)]).toEqual([text, text, code])
          expect([table.length(code), read.length(code)]).toEqual([text.length, text.length])
        })
      }),
    )
  })

  test.each([
    { why: 'a table', make: createTextTable },
    { why: 'a dictionary', make: createDictionary },
  ])('$why: a run of ASCII has the code of its text', ({ make }) => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[ -~]{1,12}$/)), given => {
        const [table, straight] = [make(), make()]
        for (const text of given) {
          const bytes = Uint8Array.from(`_${text}_`, letter => letter.charCodeAt(0))
          const run = { bytes, from: 1, to: 1 + text.length, hash: hashText(text, TEXT_SEED) }
          expect(table.codeOfAscii(run)).toBe(straight.codeOf(text))
          expect(table.find(text)).toBe(straight.find(text))
        }
      }),
    )
  })

  test('a longer text than any before is found, or not, at the first question', () => {
    const table = createTextTable()
    table.codeOf('a')
    expect(table.find('a'.repeat(50))).toBe(0)
    expect(table.find('a')).toBe(1)
  })
})
