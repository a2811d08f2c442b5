import type { Words } from '../words/words.ts'

const COUNTRY = /^[A-Z]{2}/

/**
 * A tax id as it is compared: letters and digits alone, in capitals.
 *
 * @param text as the data state it; null and placeholders are nothing known
 * @param words what a placeholder is
 * @returns null where nothing is known, or no digit is in it
 *
 * Source: docs/methods/identity.md, "One company in two sources".
 */
export function readTaxId(text: string | null, { isPlaceholder }: Words): string | null {
  if (text === null || isPlaceholder(text)) return null
  const plain = text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')
  return /\p{N}/u.test(plain) ? plain : null
}

/**
 * Are two tax ids one? One of the two may be written without the letters of its country.
 *
 * @param x as `readTaxId` gives it
 * @param y likewise
 *
 * Source: docs/methods/identity.md, "One company in two sources".
 */
export function isOneTaxId(x: string, y: string): boolean {
  return x === y || nationalTaxId(x) === y || x === nationalTaxId(y)
}

/** Without the letters of a country: equal for all tax ids that are one, and for those of several countries. */
export function nationalTaxId(taxId: string): string {
  return taxId.replace(COUNTRY, '')
}
