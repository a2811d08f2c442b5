import * as z from 'zod'
import { AppError } from '#lib/errors'

const column = z.string().min(1)
const columns = z.union([column.transform(name => [name]), z.array(column)]).default([])

/** Which column of a table of people or organisations says what; all but key and kind may be missing. */
const recordFields = z.object({
  key: column,
  kind: z.enum(['person', 'organisation']),
  email: columns,
  full_name: column.optional(),
  first_name: column.optional(),
  last_name: column.optional(),
  date_of_birth: column.optional(),
  phone: column.optional(),
  address: columns,
  postcode: column.optional(),
  city: column.optional(),
  name: column.optional(),
  website: columns,
  source: column.optional(),
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
