/** Identity: which records are one person, which workspaces are one unit, and which account a workspace belongs to. */
export { corporateDomainOf, type DomainClass, domainClassOf } from './domain-class.ts'
export { canonicalEmail, type EmailReading, emailReader, readEmail } from './email.ts'
export { isPlaceholder } from './placeholder.ts'
export { type IdentityOptions, resolveIdentities } from './resolve.ts'
