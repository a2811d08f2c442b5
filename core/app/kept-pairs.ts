import { createHash } from 'node:crypto'
import {
  billingContacts,
  comparedBy,
  emailReader,
  settingsIn,
  type UserDetails,
  userDetails,
  type WeighedPairs,
  type WeighedUsers,
} from '#identity'
import { AppError } from '#lib/errors'
import { canonicalJson } from '#lib/hash'
import { VERSION } from '#lib/version'
import type { IdentityDecision } from '#schema/identity'
import { type PackedPairs, packPairs, type Readable, readPairs, savePairs, type Writable } from '#store'
import type { identityTables } from './dataset.ts'

type Users = ReturnType<typeof identityTables>['users']

/** Users as they were weighed earlier, and what such pairs are kept by. */
export type Weighing = Readonly<{ key: string; known: WeighedUsers | undefined }>
/** Pairs that were weighed now, ready to be kept. */
export type NewPairs = Readonly<{ key: string; packed: PackedPairs }>

/** Columns of users that no pair is weighed by. */
const BESIDE: readonly string[] = ['last_active_at']
/** Values hashed at a time. */
const STRETCH = 8192

/** Looks whether these very users were weighed by the same rules before. What is damaged is weighed anew: it is nothing but kept work. */
export function weighingOf(
  db: Readable,
  tables: ReturnType<typeof identityTables>,
  decisions: readonly IdentityDecision[],
): Weighing {
  const { users } = tables
  const { weights, domains, words } = settingsIn(decisions)
  const read = emailReader(domains, words)
  const billing = billingContacts(tables, { read, words })
  const key = pairsKey(users, billing, decisions)
  const pairs = pairsFor(db, key, users.length)
  if (pairs === null) return { key, known: undefined }
  let rows: Users | null = users
  let details: UserDetails | null = null
  const known: WeighedUsers = {
    ...pairs,
    ids: users.column('user_id'),
    details: () => {
      if (rows !== null) details = userDetails(rows, { decisions, read, weights, billing })
      rows = null
      return details as UserDetails // made while there were rows
    },
  }
  return { key, known }
}

function pairsFor(db: Readable, key: string, rows: number): WeighedPairs | null {
  try {
    return readPairs(db, key, rows)
  } catch (error) {
    if (error instanceof AppError && error.code === 'store/corrupt') return null
    throw error
  }
}

/** Makes pairs ready to be kept: what they were weighed by is much more, and can be let go. */
export function newPairs(key: string, weighed: WeighedUsers): NewPairs {
  return { key, packed: packPairs(weighed) }
}

/** Keeps pairs that were weighed. */
export function keepPairs(db: Writable, { key, packed }: NewPairs): void {
  savePairs(db, key, packed)
}

/** The same for who only reads: a full disk, or another thread that writes meanwhile, keeps nobody from reading. */
export function keepPairsWherePossible(db: Writable, pairs: NewPairs): void {
  try {
    keepPairs(db, pairs)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
}

/** SHA-256 over the version, what users are compared by, every value of theirs that is looked at, and who is a billing contact. */
function pairsKey(
  users: Users,
  billing: ReturnType<typeof billingContacts>,
  decisions: readonly IdentityDecision[],
): string {
  const hash = createHash('sha256').update(canonicalJson({ version: VERSION, by: comparedBy(decisions) }))
  for (const name of users.names) {
    if (BESIDE.includes(name)) continue
    const values = users.column(name)
    hash.update(`\n${name}`)
    for (let from = 0; from < values.length; from += STRETCH)
      hash.update(JSON.stringify(values.slice(from, from + STRETCH)))
  }
  hash.update(`\nbilling contacts${JSON.stringify([...billing])}`)
  return hash.digest('hex')
}
