const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'

/**
 * A Salesforce record id in its form of 18 characters, which is not lost where case is.
 *
 *   of each third of the 15 characters, bit i of a number 0..31 says whether character i is an upper-case letter;
 *   the three numbers, as A-Z and 0-5, follow the 15
 *
 * @param text an id of 15 or 18 characters
 * @param prefixes beginnings of the ids of the objects asked for: `001` account, `003` contact, `00Q` lead, `005` user
 * @returns null where it is no such id, or its last three characters do not fit
 *
 * Source: docs/methods/export.md, "Salesforce".
 */
export function salesforceId(text: string, prefixes: readonly string[]): string | null {
  if (!/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(text) || !prefixes.includes(text.slice(0, 3))) return null
  const short = text.slice(0, 15)
  const check = [0, 5, 10].map(start => LETTERS[caseBits(short.slice(start, start + 5))] ?? '').join('')
  return text.length === 15 || text.slice(15).toUpperCase() === check ? short + check : null
}

function caseBits(letters: string): number {
  let bits = 0
  for (const [i, letter] of [...letters].entries()) if (/[A-Z]/.test(letter)) bits |= 1 << i
  return bits
}
