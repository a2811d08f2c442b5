import { compareCodePoints } from '#lib/text'
import type { IdentityTables } from '../identity-tables.ts'
import type { Reading } from '../reading.ts'

/** Whom a customer of the billing system is billed to: the customer's id, and the canonical address. */
export type BillingContact = Readonly<{ customer: string; email: string }>

type Tables = Pick<IdentityTables, 'users' | 'workspaces' | 'subscriptions' | 'memberships' | 'contacts'>
type Billed = BillingContact & Readonly<{ workspace: string }>

/**
 * The users who are the billing contact of a customer, though their own address may be another spelling or another address.
 *
 * A user is the contact of a customer where its CRM contact has the billing address, or where its own address is the billing address
 * but for a +tag and it belongs to the workspace that is billed. Addresses that identify nobody (shared mailboxes, relays,
 * placeholders) make nobody a contact.
 *
 * @param tables customers are the billing entity of a workspace and the customers of its subscriptions
 * @param reading how addresses are read, and what a placeholder is
 * @returns by user id; of several the first by customer, then by address. Users that are no billing contact are left out
 *
 * Source: docs/methods/identity.md, "Billing contacts".
 */
export function billingContacts(tables: Tables, reading: Reading): ReadonlyMap<string, BillingContact> {
  const found = new Map<string, BillingContact>()
  const billed = billedWorkspaces(tables, reading)
  if (billed.length === 0) return found
  const take = (user: string, own: readonly Billed[] = []): void => {
    for (const one of own) {
      const known = found.get(user)
      if (known === undefined || order(one, known) < 0) found.set(user, { customer: one.customer, email: one.email })
    }
  }
  takeContacts(tables, billed, { reading, take })
  takeMembers(tables, billed, { reading, take })
  return found
}

type Taking = Readonly<{ reading: Reading; take(user: string, own: readonly Billed[] | undefined): void }>

/** Users whose contact of the CRM has the billing address. */
function takeContacts(
  { users, contacts }: Tables,
  billed: readonly Billed[],
  { reading: { read }, take }: Taking,
): void {
  const byEmail = Map.groupBy(billed, ({ email }) => email)
  const byContact = new Map<string, readonly Billed[]>()
  for (const { contact_id, user_id, email } of contacts) {
    if (email === null || !(byEmail.has(email) || MAY_BE_WRITTEN_OTHERWISE.test(email))) continue
    const own = byEmail.get(read(email).canonical)
    if (own === undefined) continue
    byContact.set(contact_id, own)
    if (user_id !== null) take(user_id, own)
  }
  if (byContact.size === 0) return
  for (const { user_id, contact_id } of users) if (contact_id !== null) take(user_id, byContact.get(contact_id))
}

/** Users of a workspace whose own address it is billed to, but for a tag. */
function takeMembers(tables: Tables, billed: readonly Billed[], { reading, take }: Taking): void {
  const byMailbox = Map.groupBy(billed, ({ email }) => untagged(email))
  const ofUser = new Map<string, readonly Billed[]>()
  const takeIn = (user: string | null, workspace: string | null): void => {
    const own = user === null ? undefined : ofUser.get(user)
    if (own !== undefined)
      take(
        user as string,
        own.filter(one => one.workspace === workspace),
      ) // no user, nothing of its own
  }
  for (const { user_id, primary_email, workspace_id } of tables.users) {
    const own = billedTo(primary_email, byMailbox, reading)
    if (own === undefined) continue
    ofUser.set(user_id, own)
    takeIn(user_id, workspace_id)
  }
  if (ofUser.size === 0) return
  for (const { user_id, workspace_id } of tables.memberships) takeIn(user_id, workspace_id)
  for (const { owner_user_id, workspace_id } of tables.workspaces) takeIn(owner_user_id, workspace_id)
}

function billedWorkspaces(
  { workspaces, subscriptions }: Tables,
  { read, words: { isPlaceholder } }: Reading,
): readonly Billed[] {
  const emails = new Map<string, string>()
  for (const { workspace_id, billing_contact_email } of workspaces) {
    if (billing_contact_email === null) continue
    const { canonical, guard } = read(billing_contact_email)
    if (guard === null) emails.set(workspace_id, canonical)
  }
  const billed: Billed[] = []
  const add = (workspace: string | null, customer: string | null): void => {
    const email = emails.get(workspace ?? '')
    if (workspace === null || email === undefined || customer === null || isPlaceholder(customer)) return
    billed.push({ workspace, customer, email })
  }
  if (emails.size === 0) return billed
  for (const { workspace_id, billing_entity_id } of workspaces) add(workspace_id, billing_entity_id)
  for (const { workspace_id, customer_id } of subscriptions) add(workspace_id, customer_id)
  return billed
}

type ByEmail = ReadonlyMap<string, readonly Billed[]>

/** By far the most addresses are nobody's billing address: they are told by their text, without being read. */
function billedTo(text: string | null, byMailbox: ByEmail, { read }: Reading): readonly Billed[] | undefined {
  if (text === null || !text.includes('@')) return undefined
  if (!(byMailbox.has(untagged(text)) || MAY_BE_WRITTEN_OTHERWISE.test(text))) return undefined
  const { canonical, guard } = read(text)
  return guard === null ? byMailbox.get(untagged(canonical)) : undefined
}

const MAY_BE_WRITTEN_OTHERWISE = /[^a-z0-9@._+-]|@g(?:oogle)?mail\./

function untagged(email: string): string {
  return email.includes('+') ? email.replace(/\+[^@]*@/, '@') : email
}

function order(a: BillingContact, b: BillingContact): number {
  return compareCodePoints(a.customer, b.customer) || compareCodePoints(a.email, b.email)
}
