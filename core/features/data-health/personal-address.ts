import { emailReader } from '#identity'

/** Says whether an address is a personal one; null where it is no address. */
export type PersonalReader = (email: string | null) => boolean | null

/**
 * Reads addresses: is it a free-mail or disposable one? Each is read once.
 *
 * @returns a function of an address as the data state it; null where there is none, or a placeholder
 *
 * Source: docs/methods/data-health.md, "People".
 */
export function personalReader(): PersonalReader {
  const read = emailReader()
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
