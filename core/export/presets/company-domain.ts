import { domainClassOf } from '#identity'
import { hostOf } from '#lib/domain'

/**
 * The domain by which CRMs know a company, in one form: lower case, in ASCII, without scheme, path and `www.`.
 *
 * @param text a domain or web address of an account; null: not known
 * @returns null where it says nothing of a company: a free mail host, a relay, a host of many, no host at all
 *
 * Source: docs/methods/export.md, "One row per domain and address".
 */
export function companyDomain(text: string | null): string | null {
  const host = text === null ? null : hostOf(text)
  if (host === null || domainClassOf(host) !== 'corporate') return null
  return host.startsWith('www.') && host.includes('.', 4) ? host.slice(4) : host
}
