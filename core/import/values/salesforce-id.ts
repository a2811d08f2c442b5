const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'
const SHORT = /^[a-zA-Z0-9]{15}$/

/**
 * The 18-character form of a Salesforce id: the short form is told apart by case alone, the last three characters of the
 * long one say which letters are capitals (one bit per letter, five letters per character).
 *
 * @returns any other text as it is
 *
 * Source: docs/methods/import.md, "Presets".
 */
export function fullSalesforceId(text: string): string {
  if (!SHORT.test(text)) return text
  let suffix = ''
  for (let block = 0; block < 15; block += 5) {
    let bits = 0
    for (let i = 0; i < 5; i++) if (/[A-Z]/.test(text.charAt(block + i))) bits |= 1 << i
    suffix += ALPHABET.charAt(bits)
  }
  return text + suffix
}
