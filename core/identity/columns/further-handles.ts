/** Words of a local part from which on one between the first and the last may be left out. */
const LEAST_WORDS = 3

/**
 * What an address says of whose it is besides its local part, where nobody gives a name with it.
 *
 *   a domain of one's own:   `zoltan@quarkstein.dev` is `zoltanquarkstein`
 *   more words than names:   `zoltan.j.quarkstein@` is `zoltanquarkstein`, `external.zoltan.quarkstein@` too;
 *                            `anna.maria.quarkstein@` is no `mariaquarkstein`
 *
 * @param local what stands before the `@`, without tag
 * @param domain registrable corporate domain; empty where the address has none
 * @param isGivenName is a word known as a given name?
 * @returns handles as texts; of a company's address one that nobody's name spells
 *
 * Source: docs/methods/identity.md, "Email addresses".
 */
export function furtherHandles(local: string, domain: string, isGivenName: (word: string) => boolean): string[] {
  const found = domain === '' ? [] : [local + domain.slice(0, domain.indexOf('.'))]
  const words = local.split(/[._-]+/).filter(word => word !== '')
  if (words.length < LEAST_WORDS) return found
  const [first = '', last = ''] = [words[0], words.at(-1)]
  const outer = [...found, `${first}${last}`]
  return isGivenName(first) ? outer : [...outer, `${words.at(-2)}${last}`]
}
