/** Words of a local part from which on one between the first and the last may be left out. */
const LEAST_WORDS = 3

/**
 * What an address says of whose it is besides its local part, where nobody gives a name with it.
 *
 *   a domain of one's own:   `zoltan@quarkstein.dev` is `zoltanquarkstein`
 *   more words than names:   `zoltan.j.quarkstein@` is `zoltanquarkstein`, `external.zoltan.quarkstein@` too
 *
 * @param local what stands before the `@`, without tag
 * @param domain registrable corporate domain; empty where the address has none
 * @returns handles as texts; of a company's address one that nobody's name spells
 *
 * Source: docs/methods/identity.md, "Email addresses".
 */
export function furtherHandles(local: string, domain: string): string[] {
  const found = domain === '' ? [] : [local + domain.slice(0, domain.indexOf('.'))]
  const words = local.split(/[._-]+/).filter(word => word !== '')
  const last = words.at(-1) ?? ''
  return words.length < LEAST_WORDS ? found : [...found, `${words[0]}${last}`, `${words.at(-2)}${last}`]
}
