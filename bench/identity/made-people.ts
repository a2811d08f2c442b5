import { NICKNAMES } from '../../core/identity/reference/nicknames.ts'
import type { Random } from '../../core/lib/random.ts'

/** One made-up user record. `entity` is the human behind it. */
export type MadeRecord = Readonly<{ key: string; entity: number; fullName: string; email: string; phone: string }>

const SYLLABLES =
  'ba be bo ka ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se so ta te ti to va ve vi wa we zo'.split(' ')
const ENDINGS = 'n r s t l son berg man ston well ley ford sen ski ova ez'.split(' ')
const FREE = ['gmail.com', 'outlook.com', 'yahoo.com', 'proton.me', 'gmx.de']
const SHARE_WITH_MORE = 0.15
/** So that the first of 600 given names is borne by 2 %, and the first of 20,000 family names by 0.3 %. */
const UNEVEN = 1.7

/** Given names with their short forms. */
const GIVEN = NICKNAMES.values
  .map(entry => entry.split(':'))
  .map(([name = '', forms = '']) => ({ name, forms: forms.split(',') }))

/**
 * Makes user records of people: names as uneven as real ones, a company or a private address each, 15 % further records
 * with other spellings and addresses.
 */
export function* makePeople(count: number, random: Random): Generator<MadeRecord> {
  const families = Array.from({ length: 20_000 }, () => familyName(random))
  const companies = Array.from({ length: Math.max(50, count / 40) }, (_, i) => `${familyName(random)}${i}.com`)
  let entity = 0
  for (let i = 0; i < count; ) {
    entity++
    const given = pick(GIVEN, random)
    const family = pick(families, random)
    const company = pick(companies, random)
    const phone = random() < 0.3 ? String(Math.floor(1e9 + random() * 8e9)) : ''
    const local = localPart(given.name, family, random)
    const isPrivate = random() < 0.3
    const email = isPrivate ? `${local}${Math.floor(random() * 100)}@${pick(FREE, random)}` : `${local}@${company}`
    const first = { fullName: `${capital(given.name)} ${capital(family)}`, email, phone }
    yield { key: keyOf(i++), entity, ...first }
    while (i < count && random() < SHARE_WITH_MORE)
      yield { key: keyOf(i++), entity, ...changed(first, { given, family, random }) }
  }
}

type Person = Readonly<{ given: (typeof GIVEN)[number]; family: string; random: Random }>

function changed(record: Pick<MadeRecord, 'fullName' | 'email' | 'phone'>, { given, family, random }: Person) {
  const chance = random()
  const form = given.forms[Math.floor(random() * given.forms.length)] ?? given.name
  const name =
    chance < 0.4
      ? record.fullName
      : chance < 0.6
        ? `${capital(form)} ${capital(family)}`
        : `${capital(given.name)} ${capital(slip(family, random))}`
  const email =
    random() < 0.5
      ? record.email
      : `${localPart(given.name, family, random)}${Math.floor(random() * 1000)}@${pick(FREE, random)}`
  return { fullName: random() < 0.05 ? '' : name, email, phone: random() < 0.5 ? record.phone : '' }
}

function localPart(given: string, family: string, random: Random): string {
  const chance = random()
  if (chance < 0.5) return `${given}.${family}`
  return chance < 0.8 ? `${given.slice(0, 1)}${family}` : `${family}${given.slice(0, 1)}`
}

function familyName(random: Random): string {
  const length = 1 + Math.floor(random() * 3)
  const start = Array.from({ length }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join('')
  return start + (ENDINGS[Math.floor(random() * ENDINGS.length)] ?? '')
}

/** The first of a list far more often than the last. */
function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.min(list.length - 1, Math.floor(list.length * random() ** UNEVEN))] as T // below the length
}

function slip(word: string, random: Random): string {
  const at = Math.floor(random() * word.length)
  return word.slice(0, at) + (random() < 0.5 ? '' : 'e') + word.slice(at + 1)
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1)
const keyOf = (i: number): string => `u${String(i).padStart(8, '0')}`
