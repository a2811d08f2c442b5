import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashText } from '../../../../core/identity/columns/hash-text.ts'
import { createCodeLists } from '../../../../core/identity/columns/list.ts'
import { createNameCells, NAME_CELL } from '../../../../core/identity/columns/name-cells.ts'
import { createNameReader } from '../../../../core/identity/columns/name-reader.ts'
import { SPELLED } from '../../../../core/identity/columns/name-spellings.ts'
import { createPairCodes } from '../../../../core/identity/columns/pair-codes.ts'

function readNames(names: readonly string[]) {
  const reader = createNameReader(names.length)
  const cells = createNameCells(names.length)
  for (const name of names) {
    cells.add(NAME_CELL.whole, name)
    cells.addPhone('')
  }
  reader.take(cells.finish())
  return reader.finish()
}

describe('spellings of names', () => {
  test.each([
    {
      why: 'all of a long family name',
      name: 'Zoltan Quarkstein',
      spelled: 'zoltanquarkstein quarksteinzoltan zquarkstein quarksteinz zoltanq zquarkst zoltanqua quarkstein'.split(
        ' ',
      ),
    },
    {
      why: 'a short family name neither cut nor alone',
      name: 'Jane Doe',
      spelled: 'janedoe doejane jdoe doej janed'.split(' '),
    },
    {
      why: 'the initials of both given names, last',
      name: 'Zoltan Jan Quark',
      spelled: 'zoltanquark quarkzoltan zquark quarkz zoltanq zoltanqua quark zjquark'.split(' '),
    },
    { why: 'a single word spells nothing', name: 'Zoltan', spelled: [] },
    { why: 'nobody spells nothing', name: 'n/a', spelled: [] },
  ])('$why', ({ name, spelled }) => {
    const { name: codes, spellings } = readNames(['Ada Lovelace', name])
    const code = codes[1] ?? 0
    const own = spellings.codes.subarray(spellings.offsets[code], spellings.offsets[code + 1])
    expect([...own]).toEqual(spelled.map(text => hashText(text, SPELLED)))
  })

  test('every name has its place, and no hash is left over', () => {
    const word = fc.constantFrom('Jane', 'Doe', 'Quarkstein', 'jane', 'Bo', '')
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word, word), { maxLength: 20 }), names => {
        const { table, spellings } = readNames(names.map(words => words.filter(own => own !== '').join(' ')))
        expect(spellings.offsets.length).toBe(table.kind.length + 1)
        expect(spellings.offsets.at(-1)).toBe(spellings.codes.length)
        expect(spellings.codes.includes(0)).toBe(false)
      }),
    )
  })
})

test('names of the same two words have one core, and one code in each order', () => {
  const { name, table } = readNames([
    'Jane Doe',
    'Doe Jane',
    'jane doe',
    'DOE JANE',
    'Jane Roe',
    'Jane Jane',
    'jane Jane',
  ])
  const [first, swapped, third, fourth, other, twin, again] = name
  expect([third, fourth, again]).toEqual([first, swapped, twin])
  expect(new Set([first, swapped, other, twin]).size).toBe(4)
  expect(table.core[first ?? 0]).toBe(table.core[swapped ?? 0])
  expect(table.core[other ?? 0]).not.toBe(table.core[first ?? 0])
})

test('pairs have codes in the order in which they come, whatever was expected', () => {
  const pair = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 120 }), fc.nat(90), (pairs, expected) => {
      const table = createPairCodes(expected)
      const slow = new Map<string, number>()
      for (const [a, b] of pairs) {
        const key = `${a} ${b}`
        if (!slow.has(key)) slow.set(key, slow.size + 1)
        expect(table.codeOf(a, b)).toBe(slow.get(key))
      }
      expect(table.size()).toBe(slow.size + 1)
    }),
  )
})

test('lists hold each code of a record once, in the order in which it came', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(5), { maxLength: 40 }), { maxLength: 12 }), records => {
      const builder = createCodeLists()
      for (const codes of records) {
        for (const code of codes) builder.add(code)
        builder.next()
      }
      const { offsets, codes } = builder.finish()
      const found = records.map((_, i) => [...codes.subarray(offsets[i], offsets[i + 1])])
      expect(found).toEqual(records.map(own => [...new Set(own)].filter(code => code !== 0)))
      expect(offsets.at(-1)).toBe(codes.length)
    }),
  )
})
