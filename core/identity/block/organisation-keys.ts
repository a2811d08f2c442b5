import { once } from '#lib/once'
import { type CodeLists, codeColumn } from '../columns/list.ts'
import type { OrganisationColumns } from '../columns/organisation-columns.ts'
import { type KeyKind, type LazyColumn, listedKeys, mixedColumns, singleKeys } from './block-keys.ts'

/** Blocks of keys that say little are kept small. */
const LOOSE_CAP = 60

/**
 * Kinds of keys for records of organisations, the most telling first.
 *
 * @param columns records
 *
 * Source: docs/methods/identity.md, "Blocking".
 */
export function organisationKeys(columns: OrganisationColumns): readonly KeyKind[] {
  const { size, companies, company, domain, address, addresses } = columns
  const of = (codeOf: (i: number) => number): LazyColumn => once(() => codeColumn(size, codeOf))
  const phone: LazyColumn = () => columns.phone
  const postcode: LazyColumn = () => columns.postcode
  const city: LazyColumn = () => columns.city
  // Codes lie within their tables; one code per record.
  const compact = of(i => companies.compact[company[i] as number] as number)
  const initials = of(i => companies.initials[company[i] as number] as number)
  const number = of(i => addresses.number[address[i] as number] as number)
  const firstWord = of(i => strongWord(columns, i, 0))
  const finer = [city, postcode, of(i => strongWord(columns, i, 1)), compact]
  return [
    listedKeys('website', [() => domain], [compact, city]),
    singleKeys('phone', phone, [compact]),
    singleKeys('name', compact, [city, postcode]),
    listedKeys('name or its initials', [() => asLists(compact()), () => asLists(initials())], [city, postcode]),
    singleKeys(
      'street address',
      of(i => addresses.whole[address[i] as number] as number),
      finer,
    ),
    singleKeys('house number and postcode', mixedColumns(number, postcode), finer, LOOSE_CAP),
    singleKeys('house number and city', mixedColumns(number, city), finer, LOOSE_CAP),
    listedKeys('word of the name', [() => strongWords(columns)], finer, LOOSE_CAP),
    singleKeys('first word and city', mixedColumns(firstWord, city), finer, LOOSE_CAP),
  ]
}

function asLists(codes: Uint32Array): CodeLists {
  const offsets = new Uint32Array(codes.length + 1)
  const kept: number[] = []
  codes.forEach((code, i) => {
    if (code !== 0) kept.push(code)
    offsets[i + 1] = kept.length
  })
  return { offsets, codes: Uint32Array.from(kept) }
}

function strongWords({ size, companies, company }: OrganisationColumns): CodeLists {
  const offsets = new Uint32Array(size + 1)
  const kept: number[] = []
  for (let i = 0; i < size; i++) {
    const code = company[i] as number
    for (let at = companies.word.offsets[code] as number; at < (companies.word.offsets[code + 1] as number); at++) {
      const word = companies.word.codes[at] as number
      if (companies.isWeak[word] === 0) kept.push(word)
    }
    offsets[i + 1] = kept.length
  }
  return { offsets, codes: Uint32Array.from(kept) }
}

function strongWord({ companies, company }: OrganisationColumns, i: number, nth: number): number {
  const code = company[i] as number
  let seen = 0
  for (let at = companies.word.offsets[code] as number; at < (companies.word.offsets[code + 1] as number); at++) {
    const word = companies.word.codes[at] as number
    if (companies.isWeak[word] === 0 && seen++ === nth) return word
  }
  return 0
}
