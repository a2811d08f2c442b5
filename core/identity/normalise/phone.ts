const LEAST_DIGITS = 7
const MOST_DIGITS = 15
const ONLY_DIGITS = /^\d*$/
/** Digits that are compared: country codes and trunk zeros are written or left out at will. */
const COMPARED_DIGITS = 9

/**
 * The digits of a phone number that tell it from others: its last nine, without `+`, country code, trunk zero, extension.
 *
 * @param text as the data state it; null is nothing known
 * @returns null where there are fewer than 7 or more than 15 digits, or digits nobody has (all equal, 1234567…)
 *
 * Source: docs/methods/identity.md, "Phone numbers".
 */
export function readPhone(text: string | null): string | null {
  if (text === null) return null
  const digits = (ONLY_DIGITS.test(text) ? text : digitsIn(text)).replace(/^0+/, '')
  if (digits.length < LEAST_DIGITS || digits.length > MOST_DIGITS) return null
  const compared = digits.slice(-COMPARED_DIGITS)
  const isMadeUp = /^(\d)\1*$/.test(compared) || '01234567890'.includes(compared) || '9876543210'.includes(compared)
  return isMadeUp ? null : compared
}

function digitsIn(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/(?:ext|extension|x|#|;)\.?\s*\d+\s*$/i, '')
    .replace(/\(0\)/g, '')
    .replace(/\D/g, '')
}
