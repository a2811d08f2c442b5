import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashText } from '../../../../core/identity/columns/hash-text.ts'
import type { CodeLists } from '../../../../core/identity/columns/list.ts'
import { SPELLED } from '../../../../core/identity/columns/name-spellings.ts'
import { type PersonColumns, personColumns } from '../../../../core/identity/columns/person-columns.ts'
import { seededRandom } from '../../../../core/lib/random.ts'

const NOTHING = {
  firstName: null,
  lastName: null,
  dateOfBirth: null,
  phone: null,
  address: [],
  postcode: null,
  city: null,
}
const GIVEN = ['Zoltan', 'Ada', 'Quirin', 'Bo']
const FAMILY = ['Quarkstein', 'Lovelace', 'Zweig', 'Oh']

const listOf = ({ offsets, codes }: CodeLists, i: number): number[] => [...codes.subarray(offsets[i], offsets[i + 1])]

/** Handles of anybody that a full name spells, hash by hash: whole ones, and where nobody with a full name has them those with a number behind. */
function slowSpelled({ size, names, name, handle, emails: { handles } }: PersonColumns): string[][] {
  const textsOf = (i: number): string[] => listOf(handle, i).map(handles.text)
  const all = new Set(Array.from({ length: size }, (_, i) => textsOf(i)).flat())
  const isFull = (i: number): boolean => names.kind[name[i] ?? 0] === 4
  const unnamed = new Set(Array.from({ length: size }, (_, i) => (isFull(i) ? [] : textsOf(i))).flat())
  const hashOf = (text: string): number => hashText(text, SPELLED)
  return Array.from({ length: size }, (_, i) => {
    if (!isFull(i)) return []
    const [given, family] = [names.given, names.family].map(of => names.tokens.text(of[name[i] ?? 0] ?? 0))
    const spelled = new Set(spellingsOf(given ?? '', family ?? '').map(hashOf))
    const numbered = [...unnamed]
      .filter(text => /\d$/.test(text))
      .map(text => [text, text.replace(/\d+$/, '')] as const)
    return [
      ...[...all].filter(text => spelled.has(hashOf(text))),
      ...numbered.filter(([, stem]) => stem.length >= 5 && spelled.has(hashOf(stem))).map(([text]) => text),
    ].sort()
  })
}

function spellingsOf(given: string, family: string): string[] {
  const [g, f] = [given.slice(0, 1), family.slice(0, 1)]
  const plain = [given + family, family + given, g + family, family + g, given + f]
  if (family.length >= 8) plain.push(g + family.slice(0, 7))
  if (family.length > 3) plain.push(given + family.slice(0, 3))
  if (family.length >= 5) plain.push(family)
  return plain
}

test('handles that full names spell are those of anybody, also of many records with few names', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 200 }), (seed, size) => {
      const random = seededRandom(seed)
      const one = (of: readonly string[]): string => of[Math.floor(random() * of.length)] ?? ''
      const records = Array.from({ length: size }, () => {
        const [given, family] = [one(GIVEN), one(FAMILY)]
        const local = one([
          ...spellingsOf(given, family),
          `${one(GIVEN)}.${one(FAMILY)}`,
          `u${Math.floor(random() * 1e5)}`,
        ])
        // Each stem has one number, since more than a few are anybody's.
        const number = random() < 0.3 ? String(local.length) : ''
        const fullName = random() < 0.3 ? null : `${given} ${family}`
        return { ...NOTHING, fullName, emails: [`${local}${number}@acme.com`.toLowerCase()] }
      })
      const columns = personColumns(size, i => records[i] ?? { ...NOTHING, fullName: null, emails: [] })
      const texts = Array.from({ length: size }, (_, i) => listOf(columns.spelled, i).map(columns.emails.handles.text))
      expect(texts.map(own => own.sort())).toEqual(slowSpelled(columns))
    }),
    { numRuns: 60 },
  )
})
