import type { EmailReading } from '#identity'

/** Says whether an address is a personal one; null where it is no address. */
export type PersonalReader = (email: string | null) => boolean | null

/**
 * Reads addresses: is it a free-mail or disposable one? Each is read once.
 *
 * @param read as identity reads addresses, by the words and the classes of domains of the project
 * @returns a function of an address as the data state it; null where there is none, or a placeholder
 *
 * Source: docs/methods/data-health.md, "People".
 */
export function personalReader(read: (text: string | null) => EmailReading): PersonalReader {
  const known = new Map<string, boolean | null>()
  return email => {
    if (email === null) return null
    const before = known.get(email)
    if (before !== undefined) return before
    const { domainClass, guard } = read(email)
    const isAddress = guard !== 'placeholder' && guard !== 'not_an_address'
    const verdict = isAddress ? domainClass === 'free_mail' || domainClass === 'disposable' : null
    known.set(email, verdict)
    return verdict
  }
}
