const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const INTEGER = /^\d+$/
/** `u17`, `usr_1eqwgal`, `acct:9`: letters that all ids of a kind begin with. */
const MARKED = /^([A-Za-z]{1,8})\d+$|^([A-Za-z]{1,12}[_:|/.#-])(?=\S*\d)\S+$/

/**
 * What an id looks like, for telling ids of one kind from those of another: `uuid`, `integer`, `address`, the letters it begins with, else
 * its length. Ids of one shape need not be of one kind; ids of one kind nearly always have one shape, or one of a few.
 *
 * Source: docs/methods/import.md, "Which column is the key".
 */
export function idShape(id: string): string {
  if (INTEGER.test(id)) return 'integer'
  if (UUID.test(id)) return 'uuid'
  if (id.includes('@')) return 'address'
  const [, letters, mark] = MARKED.exec(id) ?? []
  const start = letters ?? mark
  return start === undefined ? `text of ${id.length}` : `marked ${start}`
}
