/**
 * Weight of one level of a comparison. `bits`: as it stands. `m`: share of pairs of one person that agree so; the weight is
 * log2(m / u) with u from how many records carry the value. `precision`: an identifier.
 */
export type LevelWeight = Readonly<
  ({ bits: number } | { m: number } | { precision: number }) & {
    /** Why, in a sentence. */
    because: string
  }
>

/** Default weights of what is compared between records of persons. */
export const PERSON_WEIGHTS = {
  email: {
    'one mailbox': { precision: 0.998, because: 'An address that may be a person’s own is read by one person.' },
    'one account of a code host': {
      m: 0.9,
      because: 'Its private address belongs to one account, but nobody reads it.',
    },
    'one mailbox but for the tag': { m: 0.3, because: 'Most providers deliver name+tag to name, not all do.' },
    'a slip of the hand apart': { bits: 8, because: 'Addresses are long: one letter apart is rarely chance.' },
    'same handle': { m: 0.5, because: 'People keep a rare local part when they change the provider.' },
    'handle spells the other name': {
      m: 0.4,
      because: 'A handle made of both names stands for the name; a namesake would have to make the same of it.',
    },
    'handle made of the shared name': { bits: 2, because: 'Who shares the name is likely to make the same of it.' },
    'handle spells a part of the other name': {
      m: 0.35,
      because: 'An initial and a name, or a family name alone: as telling as the name is rare.',
    },
    'same company': { m: 0.8, because: 'Most people have one employer at a time.' },
    different: { bits: 0, because: 'Having several addresses is common.' },
  },
  name: {
    'same name': { m: 0.9, because: 'Names are mostly written alike.' },
    'first and last word swapped': { bits: -2, because: 'Columns and word orders get mixed up; rare among equals.' },
    'middle names differ': { bits: -4, because: 'People who write a middle initial write the same one.' },
    'only the family name': { bits: -3, because: 'Relatives share it, and often the address too.' },
    'only the given name': { bits: -2.5, because: 'Family names change, but far more people share a given name.' },
    'a given name alone': { m: 0.5, because: 'Half of those who give one name give the first; many people share it.' },
    different: { bits: -5, because: 'Few people are in the data under two names.' },
  },
  given: {
    same: { m: 0.8, because: 'Given names are mostly written alike.' },
    nickname: { bits: 4, because: 'A tenth of pairs use a short form.' },
    initial: { bits: 2, because: 'An initial fits one name in fifteen.' },
    similar: { bits: 4, because: 'Slips of the hand leave most letters in place.' },
    alike: { bits: 1.5, because: 'Two slips, or another spelling.' },
    different: { bits: -5, because: 'Few people go by two unlike given names.' },
  },
  family: {
    same: { m: 0.8, because: 'Family names are mostly written alike.' },
    similar: { bits: 6, because: 'Slips of the hand leave most letters in place.' },
    alike: { bits: 3, because: 'Two slips, or another spelling.' },
    initial: { bits: 2, because: 'An initial fits one name in fifteen.' },
    different: { bits: -4.5, because: 'Family names change less often than they are common.' },
  },
  'birth date': {
    same: { m: 0.85, because: 'Dates are mostly right; about 25,000 are in use.' },
    'day and month swapped': { bits: 8, because: 'Both orders are in use.' },
    'one digit apart': { bits: 7, because: 'One slip of the hand; some 80 other dates are as near.' },
    'two of three parts': { bits: 3.5, because: 'Two slips, or a date put in by halves.' },
    'year only': { bits: -2, because: 'One pair in sixty by chance.' },
    different: { bits: -5, because: 'Wrong dates are rare.' },
  },
  phone: {
    'same number': { precision: 0.93, because: 'Households and switchboards share numbers.' },
    'one digit apart': { bits: 4, because: 'One slip of the hand, or the next extension.' },
    different: { bits: -1, because: 'People have several numbers and change them.' },
  },
} as const satisfies Record<string, Readonly<Record<string, LevelWeight>>>

/** Default weights of where a person lives or a company is. */
export const PLACE_WEIGHTS = {
  street: {
    same: { m: 0.75, because: 'Whole addresses are mostly written alike once spellings are one.' },
    'number and most words': { bits: 8, because: 'A number and a street, one of them with a slip.' },
    'most words': { bits: 3.5, because: 'The street without the number.' },
    'street, another number': { bits: 0.5, because: 'Neighbours, or a slip in the number.' },
    'number only': { bits: 1, because: 'Low numbers are common.' },
    different: { bits: -2, because: 'People and companies move.' },
  },
  postcode: {
    same: { m: 0.85, because: 'Short and mostly right.' },
    'one digit apart': { bits: 2.5, because: 'One slip, or the next district.' },
    different: { bits: -1.5, because: 'People and companies move.' },
  },
  city: {
    same: { m: 0.8, because: 'Mostly written alike.' },
    similar: { bits: 2.5, because: 'A slip of the hand.' },
    different: { bits: -1.5, because: 'People and companies move.' },
  },
} as const satisfies Record<string, Readonly<Record<string, LevelWeight>>>
