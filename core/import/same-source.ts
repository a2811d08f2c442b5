import type { FilePlan } from '#schema/import'
import { signatureOf } from './mapping-fit.ts'

/**
 * Are two files exports of one source? They feed one table, and are of one kind of export, or have the same headers, or the same name but for
 * its digits, as `users_2026-05-01.csv` and `users_2026-05-08.csv`.
 *
 * Source: docs/methods/import.md, "Held rows".
 */
export function isSameSource(one: FilePlan, other: FilePlan): boolean {
  if (one.table !== other.table) return false
  if (one.source !== undefined && one.source === other.source) return true
  if (isKnownKind(one) && isKnownKind(other)) return false
  const name = nameOf(one)
  return (name !== '' && name === nameOf(other)) || headersOf(one) === headersOf(other)
}

/** Two kinds of export are two sources, whatever their files are called. */
function isKnownKind({ source, recognition }: FilePlan): boolean {
  return source !== undefined && recognition?.by === 'preset'
}

/** Without folders, archive, endings and whatever counts or dates it. */
function nameOf({ file }: FilePlan): string {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1).toLowerCase()
  return name.replace(/(\.[a-z]+)+$/, '').replace(/[^\p{L}]+/gu, '')
}

function headersOf({ columns, recordsAt }: FilePlan): string {
  return signatureOf(
    columns.map(({ header }) => header),
    recordsAt,
  )
}
