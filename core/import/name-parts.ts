import type { ColumnPlan, DerivedField } from '#schema/import'
import { TABLES, type TableName } from '#schema/tables'

/** Normal forms of headers of given names, best first. */
const GIVEN = new Set(
  [
    'firstname',
    'givenname',
    'forename',
    'fname',
    'vorname',
    'pr\u00e9nom',
    'prenom',
    'nombre',
    'nome',
    'voornaam',
  ].flatMap(withOwner),
)
/** The same of family names. */
const FAMILY = new Set(
  [
    'lastname',
    'familyname',
    'surname',
    'lname',
    'nachname',
    'familienname',
    'nom',
    'nomdefamille',
    'apellido',
    'apellidos',
    'cognome',
    'sobrenome',
    'achternaam',
  ].flatMap(withOwner),
)

/** Tables of people. */
const OF_PEOPLE: ReadonlySet<TableName> = new Set<TableName>(['users', 'contacts', 'crm_users'])

/** `User First Name` is as good as `First Name`. */
function withOwner(name: string): readonly string[] {
  return [name, `user${name}`, `contact${name}`, `person${name}`]
}

/**
 * The name of a person from a column of given names and one of family names, where no column holds it whole. One of the two
 * alone is none.
 *
 * @param columns as the headers fill them so far
 * @param normalHeader the form in which headers are compared
 * @returns the two columns by their places, given name first, and the field that joins them; null where there are no two, or
 *   the table is not of people
 *
 * Source: docs/methods/import.md, "Headers".
 */
export function joinedName(
  table: TableName,
  columns: readonly ColumnPlan[],
  normalHeader: (header: string) => string,
): Readonly<{ places: readonly [number, number]; field: DerivedField }> | null {
  if (!OF_PEOPLE.has(table) || !('name' in TABLES[table].columns)) return null
  if (columns.some(({ column }) => column === 'name')) return null
  const placeOf = (names: ReadonlySet<string>): number =>
    columns.findIndex(({ header, match }) => match === 'custom' && names.has(normalHeader(header).replaceAll('.', '')))
  const given = placeOf(GIVEN)
  const family = placeOf(FAMILY)
  const from = [columns[given]?.header, columns[family]?.header].filter(header => header !== undefined)
  if (from.length < 2) return null
  return { places: [given, family], field: { column: 'name', from, combine: 'join' } }
}
