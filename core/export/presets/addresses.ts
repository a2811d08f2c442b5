import { text } from '../column.ts'
import { type CrmColumn, ruled } from './crm-file.ts'
import type { HandOff, PersonHandOff } from './hand-off.ts'

/**
 * The owner by its address, for a CRM that names people so; where it is empty, the finding says why.
 *
 * @param name of the column
 * @param crm that the owners are imported from
 * @param unitOf the unit that a row is of
 *
 * Source: docs/methods/export.md, "Presets".
 */
export function ownerAddress<R>(name: string, crm: string, unitOf: (row: R) => HandOff): CrmColumn<R> {
  return ruled(
    text<R>(name, row => unitOf(row).owner?.email),
    { isOwner: true, whyEmpty: row => whyNoAddress(unitOf(row).owner, crm) },
  )
}

function whyNoAddress(owner: HandOff['owner'], crm: string): string | null {
  if (owner === null) return null
  return `the address of ${owner.name || owner.id} is not known; import the users of ${crm}, with their addresses, as CRM users`
}

/**
 * Why a person has no address: what stands in its place is none; null: nothing is known.
 *
 * Source: docs/methods/export.md, "Presets".
 */
export function whyNoEmail({ badEmail }: PersonHandOff): string | null {
  return badEmail === null ? null : `"${badEmail}" is no address that mail can be sent to`
}
