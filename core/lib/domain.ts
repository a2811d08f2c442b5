import { getDomain } from 'tldts'
import { punycode } from './punycode.ts'

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
/** By far the most hosts: in their normal form as they stand. */
const PLAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/
const LONGEST = 253
const RULES = { allowPrivateDomains: true, extractHostname: false, validateHostname: false, detectIp: false }

/**
 * Host name in its one normal form: lower case, labels in ASCII (RFC 3492), no trailing dot.
 *
 * @param text a host, or a web address as CRMs keep it (`https://www.Acme.com/about`); scheme, user, port and path are cut
 * @returns null where it is no public host name: one label, an IP address, `laptop.(none)`, blanks, an underscore
 *
 * Source: docs/methods/identity.md, "Domains".
 */
export function hostOf(text: string): string | null {
  if (text.length <= LONGEST && PLAIN.test(text)) return text
  const bare = text
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/[/?#].*$/s, '')
    .replace(/^.*@/s, '')
    .replace(/:\d*$/, '')
  if (bare === '') return null
  const labels = bare
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u3002\uff61]/g, '.')
    .replace(/\.$/, '')
    .split('.')
    .map(asciiLabel)
  const host = labels.join('.')
  const isPublic = labels.length >= 2 && host.length <= LONGEST && labels.every(label => LABEL.test(label))
  return isPublic && !/^\d+$/.test(labels.at(-1) ?? '') ? host : null
}

/**
 * Registrable domain of a host by the public suffix list, private suffixes included: `mail.acme.co.uk` is `acme.co.uk`,
 * `acme.github.io` is itself. The list is the one that came with the tldts package; nothing is fetched.
 *
 * @param text as in `hostOf`
 * @returns null for a public suffix itself and for what is no public host name
 *
 * Source: publicsuffix.org; docs/methods/identity.md, "Domains".
 */
export function registrableDomain(text: string): string | null {
  const host = hostOf(text)
  return host === null ? null : getDomain(host, RULES)
}

/**
 * Host of an email address, normalised.
 *
 * @param email one address, blanks around it allowed
 * @returns null where there is no `@`, nothing before it, or no public host name after it
 *
 * Source: docs/methods/identity.md, "Domains".
 */
export function hostOfEmail(email: string): string | null {
  const at = email.lastIndexOf('@')
  const host = email.slice(at + 1)
  return at <= 0 || /[/:?#]/.test(host) ? null : hostOf(host)
}

function asciiLabel(label: string): string {
  for (let i = 0; i < label.length; i++) {
    if (label.charCodeAt(i) > 0x7f) return `xn--${punycode(label)}`
  }
  return label
}
