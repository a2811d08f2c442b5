import { hostOf, registrableDomain } from '#lib/domain'
import { DISPOSABLE } from './reference/disposable.ts'
import { FREE_MAIL } from './reference/free-mail.ts'
import { MULTI_TENANT } from './reference/multi-tenant.ts'
import { RELAY_HOSTS } from './reference/relay.ts'

/** Whom a domain can stand for. Only `corporate` ones can lead to an account. */
export type DomainClass = 'corporate' | 'free_mail' | 'disposable' | 'relay' | 'multi_tenant' | 'none'

const FREE = new Set(FREE_MAIL.values)
const THROWN_AWAY = new Set(DISPOSABLE.values)
const RELAYS = new Set(RELAY_HOSTS.values)
const SHARED = new Set(MULTI_TENANT.values)

/**
 * Class of a domain or host. Each list holds for the domains on it and for everything below them.
 *
 * @param text as in lib/domain `hostOf`
 * @returns `none` where it is no public host name or a public suffix itself
 *
 * Source: docs/methods/identity.md, "Domains".
 */
export function domainClassOf(text: string): DomainClass {
  const host = hostOf(text)
  if (host === null) return 'none'
  if (isBelow(host, RELAYS)) return 'relay'
  if (isBelow(host, SHARED)) return 'multi_tenant'
  if (isBelow(host, THROWN_AWAY)) return 'disposable'
  if (isBelow(host, FREE)) return 'free_mail'
  return registrableDomain(host) === null ? 'none' : 'corporate'
}

/**
 * Registrable domain of a company.
 *
 * @param text a host, a web address or the domain column of a CRM; null is nothing known
 * @returns null where the domain says nothing about a company: free-mail, disposable, relay, multi-tenant, no host at all
 *
 * Source: docs/methods/identity.md, "Domains".
 */
export function corporateDomainOf(text: string | null): string | null {
  return text !== null && domainClassOf(text) === 'corporate' ? registrableDomain(text) : null
}

function isBelow(host: string, domains: ReadonlySet<string>): boolean {
  for (let at = 0; ; ) {
    if (domains.has(host.slice(at))) return true
    const dot = host.indexOf('.', at)
    if (dot === -1) return false
    at = dot + 1
  }
}
