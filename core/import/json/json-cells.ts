import { TABLES } from '#schema/tables'
import { normalHeader } from '../headers.ts'
import { CANONICAL } from '../presets/canonical.ts'
import { isSecretHeader } from '../secrets.ts'
import { plainValue } from './extended-json.ts'
import { jsonText, numberText } from './json-text.ts'

/** One member of a JSON record: its header, and its value as `readJson` gave it. */
export type JsonMember = Readonly<{ header: string; value: unknown }>

/** A record is taken apart only so far; objects deeper than one level stay JSON. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && numberText(value) === null
}

/**
 * The members of a JSON record as columns. An object in a record is taken apart one level, its members named
 * `outer.inner`, except where its name belongs to a JSON column (`event_properties`, `properties`). One that is how MongoDB writes a
 * value is this value, also inside such an object.
 *
 * Source: docs/methods/import.md, "JSON".
 */
export function membersOf(record: Readonly<Record<string, unknown>>): readonly JsonMember[] {
  const members: JsonMember[] = []
  for (const [header, value] of Object.entries(record)) {
    const isApart = isPlainObject(value) && !staysWhole(header)
    const plain = isApart ? plainValue(value) : value
    if (isApart && plain === value) {
      for (const [inner, part] of Object.entries(value))
        members.push({ header: `${header}.${inner}`, value: plainValue(part) })
    } else members.push({ header, value: plain })
  }
  return members
}

/** Is an object of this name one value, as that of a JSON column? */
export function staysWhole(header: string): boolean {
  return WHOLE.has(normalHeader(header))
}

/** A value as the text of a cell; empty for null. Lone surrogates become U+FFFD, which is what UTF-8 can hold. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value.toWellFormed()
  return numberText(value) ?? fragment(value)
}

/** A value as JSON for a custom field, without the members that name a secret. */
export function fragment(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed())
  return isPlainObject(value) || Array.isArray(value) ? withoutSecrets(value) : jsonText(value)
}

/** JSON text of a value in which every member that names a secret is left out. */
export function withoutSecrets(value: unknown): string {
  return JSON.stringify(value, (key, member: unknown) => (isSecretKey(key) ? undefined : member))
}

const judged = new Map<string, boolean>()
/** Keys remembered; beyond, as in objects keyed by id, each is judged anew. */
const MOST_KEYS = 10_000

function isSecretKey(key: string): boolean {
  const before = judged.get(key)
  if (before !== undefined) return before
  const isSecret = isSecretHeader(key)
  if (judged.size < MOST_KEYS) judged.set(key, isSecret)
  return isSecret
}

const WHOLE: ReadonlySet<string> = new Set(
  Object.entries(TABLES).flatMap(([table, { columns }]) =>
    Object.entries(columns)
      .filter(([, column]) => column.type === 'json')
      .flatMap(([name]) => [name, ...(CANONICAL.tables[table as keyof typeof TABLES]?.synonyms[name] ?? [])])
      .map(normalHeader),
  ),
)
