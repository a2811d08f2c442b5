import * as z from 'zod'
import { AppError } from '#lib/errors'

const column = z.string().min(1)
/** `null` and an empty text are a role that is not named. */
const named = z.preprocess(value => (value === null || value === '' ? undefined : value), column.optional())
const columns = z.preprocess(
  value => (value === null || value === '' ? undefined : value),
  z.union([column.transform(name => [name]), z.array(column)]).default([]),
)

/** Which column of a table of people or organisations says what; all but key and kind may be missing. */
const recordFields = z.object({
  key: column,
  kind: z.preprocess(value => (value === 'organization' ? 'organisation' : value), z.enum(['person', 'organisation'])),
  email: columns,
  full_name: named,
  first_name: named,
  last_name: named,
  date_of_birth: named,
  phone: named,
  address: columns,
  postcode: named,
  city: named,
  name: named,
  website: columns,
  source: named,
  oneToOne: z.boolean().default(false),
})

export type RecordFields = z.output<typeof recordFields>

/**
 * Reads what says which column has which role.
 *
 * @param json text of a JSON object: `{"key": "id", "kind": "person", "email": "mail", "address": ["street", "unit"]}`
 * @returns the roles; email, address and website are lists
 * @throws AppError usage/bad-argument where it is no JSON, a role is missing, or a role is no name of a column
 *
 * Source: docs/methods/identity.md, "Any table".
 */
export function readRecordFields(json: string): RecordFields {
  const parsed = recordFields.safeParse(parseJson(json))
  if (parsed.success && (!parsed.data.oneToOne || parsed.data.source !== undefined)) return parsed.data
  const issue = parsed.success ? undefined : parsed.error.issues[0]
  const path = issue === undefined ? 'source' : issue.path.join('.') || 'the whole'
  const rule = issue?.message ?? 'oneToOne needs the column that says where a record comes from'
  throw new AppError('usage/bad-argument', `fields: ${path}: ${rule}`, { argument: 'fields', path })
}

/**
 * Keys of fields that are no role: they are not used, which somebody who mistyped one has to know.
 *
 * @param json as in `readRecordFields`, which takes it
 *
 * Source: docs/methods/identity.md, "Any table".
 */
export function unknownRoles(json: string): readonly string[] {
  const given = parseJson(json)
  const keys = typeof given === 'object' && given !== null ? Object.keys(given) : []
  return keys.filter(key => !RECORD_ROLES.includes(key))
}

/**
 * What fields may say.
 *
 * Source: docs/methods/identity.md, "Any table".
 */
export const RECORD_ROLES: readonly string[] = Object.keys(recordFields.shape)

/**
 * The columns that roles name.
 *
 * @param fields roles
 * @returns distinct names, the key first
 *
 * Source: docs/methods/identity.md, "Any table".
 */
export function columnsOf({ kind: _kind, oneToOne: _oneToOne, ...roles }: RecordFields): readonly string[] {
  return [...new Set([roles.key, ...Object.values(roles).flat()].filter(name => name !== undefined))]
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\ufeff/, ''))
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('usage/bad-argument', `fields: not JSON: ${found}`, { argument: 'fields' }, { cause })
  }
}
