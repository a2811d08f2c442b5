import { readEmail } from '#identity'
import { type Readable, readRecord } from '#store'

/**
 * Addresses of evidence as the records of two users have them, where they were compared in another form: `a | b`, and once
 * where both are written alike. What no record of the two has is left as it was compared.
 */
export function writtenAddresses(db: Readable, users: readonly string[], compared: string): string {
  const written = users.flatMap(user => addressOf(db, user) ?? [])
  const sides = compared.split(' | ').flatMap(side => {
    const own = [...new Set(written.filter(text => readEmail(text).canonical === side))]
    return own.length === 0 ? [side] : own
  })
  return [...new Set(sides)].join(' | ')
}

function addressOf(db: Readable, user: string): string | null {
  const record = readRecord(db, 'users', [user])
  return record?.fields.find(({ name }) => name === 'primary_email')?.value ?? null
}
