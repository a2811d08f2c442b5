import { type Column, type ColumnType, type EntityTable, TABLES } from '#schema/tables'

/** Statements of one entity table, made from its canonical columns. Texts are constants: one per table. */
export type EntitySql = Readonly<{
  columns: readonly (readonly [name: string, type: ColumnType])[]
  key: readonly string[]
  stage: string
  presentMask: string
  superseded: string
  keepSuperseded: string
  dropSuperseded: string
  keepVersions: string
  dropSame: string
  dropKnown: string
  /** Is there a row of the key of `new` that says something else? */
  leavesAlone: string
  publish: string
  keepMissing: string
  removeKept: string
  isFirstKey: string
  discard: string
  record: string
  count: string
}>

const made = new Map<EntityTable, EntitySql>()

export function entitySql(table: EntityTable): EntitySql {
  const found = made.get(table) ?? make(table)
  made.set(table, found)
  return found
}

const pages = new Map<string, string>()

/**
 * A page of published rows, sorted by key, behind the key that is bound (of the first page: empty texts, which no key is),
 * and its length.
 */
export function pageSql(table: EntityTable, columns: readonly string[]): string {
  const name = `${table} ${columns.join()}`
  const { key } = entitySql(table)
  const sql =
    pages.get(name) ??
    `SELECT ${columns.join(', ')} FROM ${table}
    WHERE (${key.join(', ')}) > (${key.map(() => '?').join(', ')}) ORDER BY ${key.join(', ')} LIMIT ?`
  pages.set(name, sql)
  return sql
}

/** Bit of a column in the mask of columns that a file states; custom fields come last. */
export function columnBit(index: number): number {
  return 2 ** index
}

/** The same of a column that the file only fills where nothing is known: above those of all columns, of which a table has 27 at most with the custom fields. */
export function fillBit(index: number): number {
  return 2 ** (27 + index)
}

/** Does the file of a mask only fill a column? */
export function onlyFills(mask: number, index: number): boolean {
  return hasBit(mask, 27 + index)
}

/** Is a column in a mask? */
export function hasBit(mask: number, index: number): boolean {
  return Math.floor(mask / columnBit(index)) % 2 === 1
}

function make(table: EntityTable): EntitySql {
  const { key, columns } = TABLES[table]
  const entries = Object.entries<Column>(columns).map(([name, column]) => [name, column.type] as const)
  const names = entries.map(([name]) => name)
  const staged = `${table}_staged`
  const isSameKey = key.map(name => `old.${name} = new.${name}`).join(' AND ')
  const all = [...names, 'custom', 'import_id', 'source_line'].join(', ')
  return {
    columns: entries,
    key,
    stage: `INSERT INTO ${staged} (${all}) VALUES (${[...names, 1, 2, 3].map(() => '?').join(', ')})`,
    presentMask: `SELECT ${[...names, 'custom'].map((name, i) => `coalesce(max(${name} IS NOT NULL), 0) * ${columnBit(i)}`).join(' + ')}
      FROM ${staged} WHERE import_id = ?`,
    superseded: `SELECT source_line FROM ${staged} WHERE import_id = :import AND staged_no NOT IN
      (SELECT max(staged_no) FROM ${staged} WHERE import_id = :import GROUP BY ${key.join(', ')}) ORDER BY staged_no LIMIT 5`,
    keepSuperseded: `INSERT INTO skipped_record (import_id, line, row_key, counted_line, differs)
      SELECT :import, line, row_key, counted_line, '{' || substr(members, 2) || '}' FROM
        (SELECT old.staged_no, old.source_line AS line, ${keyJson('old', key)} AS row_key, new.source_line AS counted_line,
          ${differentMembers([...names, 'custom'])} AS members
        FROM (SELECT max(staged_no) AS staged_no, ${key.join(', ')} FROM ${staged} WHERE import_id = :import
          GROUP BY ${key.join(', ')} HAVING count(*) > 1) AS last
        JOIN ${staged} AS new ON new.staged_no = last.staged_no
        JOIN ${staged} AS old ON ${key.map(name => `old.${name} = last.${name}`).join(' AND ')}
          AND old.import_id = :import AND old.staged_no <> last.staged_no)
      ORDER BY members = '', staged_no LIMIT :most`,
    dropSuperseded: `DELETE FROM ${staged} WHERE import_id = :import AND staged_no NOT IN
      (SELECT max(staged_no) FROM ${staged} WHERE import_id = :import GROUP BY ${key.join(', ')})`,
    keepVersions: `INSERT INTO row_version (import_id, table_name, row_key, previous, previous_import_id, previous_line)
      SELECT :import, '${table}', row_key, '{' || substr(members, 2) || '}', import_id, source_line FROM
        (SELECT ${keyJson('old', key)} AS row_key, ${changedMembers(names)} AS members,
          old.import_id, old.source_line
        FROM ${staged} AS new JOIN ${table} AS old ON ${isSameKey} WHERE new.import_id = :import)
      WHERE members <> ''`,
    dropSame: `DELETE FROM ${staged} AS new WHERE import_id = :import AND EXISTS
      (SELECT 1 FROM ${table} AS old WHERE ${isSameKey} AND NOT (${differs(names)}))`,
    publish: `INSERT INTO ${table} AS old (${all})
      SELECT ${all} FROM ${staged} WHERE import_id = :import ORDER BY ${key.join(', ')}
      ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${updates(names, key)}`,
    leavesAlone: `EXISTS (SELECT 1 FROM ${table} AS old WHERE ${isSameKey} AND (${differs(names)}))`,
    dropKnown: `DELETE FROM ${staged} AS new WHERE import_id = :import AND EXISTS
      (SELECT 1 FROM ${table} AS old WHERE ${isSameKey})`,
    keepMissing: `INSERT INTO row_version
        (import_id, table_name, row_key, previous, previous_import_id, previous_line, is_removed)
      SELECT :import, '${table}', ${keyJson('old', key)},
        json_object(${[...names, 'custom'].map(name => `'${name}', old.${name}`).join(', ')}), old.import_id, old.source_line, 1
      FROM ${table} AS old WHERE ${isMissing(table, key)}`,
    removeKept: `DELETE FROM ${table} AS old WHERE EXISTS (SELECT 1 FROM row_version
      WHERE import_id = :import AND table_name = '${table}' AND row_key = ${keyJson('old', key)} AND is_removed)`,
    isFirstKey: `SELECT 1 FROM ${table} WHERE ${key[0]} = ? LIMIT 1`,
    discard: `DELETE FROM ${staged} WHERE import_id = ?`,
    record: `SELECT ${all} FROM ${table} WHERE ${key.map(name => `${name} = ?`).join(' AND ')}`,
    count: `SELECT count(*) FROM ${table}`,
  }
}

/** The key of a row as `row_version` has it. */
export function keyJson(row: string, key: readonly string[]): string {
  return `json_array(${key.map(name => `${row}.${name}`).join(', ')})`
}

/** True of a published row that no file of the batch has and no held row may be about. */
export function isMissing(table: EntityTable, key: readonly string[]): string {
  return `(${key.map(name => `old.${name}`).join(', ')}) NOT IN
    (SELECT ${key.join(', ')} FROM ${table}_staged WHERE import_id IN
      (SELECT id FROM import WHERE batch_id = :batch AND table_name = :table AND status = 'staging'))
    AND old.${key[0]} NOT IN (SELECT value FROM json_each(:spared))`
}

/** Custom fields of a file are laid over those that are known; a row without any leaves them as they are. */
export function laidCustom(added: string): string {
  return `CASE WHEN ${added} IS NULL THEN old.custom
    WHEN old.custom IS NULL OR old.custom = ${added} THEN ${added}
    ELSE json_patch(old.custom, ${added}) END`
}

/** True where a row would change. */
export function differs(names: readonly string[]): string {
  const columns = names.map((name, i) => `(${changesCell(name, i)})`)
  return [...columns, `${laidCustom('new.custom')} IS NOT old.custom`].join(' OR ')
}

/**
 * What a cell says counts. A blank one empties only what the file states: where it says nothing, what is known stays. So it does where the file
 * only fills the column.
 */
function changesCell(name: string, index: number): string {
  return `new.${name} IS NOT old.${name} AND ${counts('new', name, index)}`
}

function counts(row: 'new' | 'excluded', name: string, index: number): string {
  const isKept = `:present & ${fillBit(index)} AND old.${name} IS NOT NULL`
  return `(${row}.${name} IS NOT NULL OR :present & ${columnBit(index)}) AND NOT (${isKept})`
}

/** How many rows lose what they have in each column, in the order of the columns. */
export function emptiedCounts(names: readonly string[]): string {
  const counts = names.map(
    (name, i) => `coalesce(sum(:present & ${columnBit(i)} AND new.${name} IS NULL AND old.${name} IS NOT NULL), 0)`,
  )
  return counts.join(', ')
}

function updates(names: readonly string[], key: readonly string[]): string {
  const columns = names.flatMap((name, i) =>
    key.includes(name)
      ? []
      : [`${name} = CASE WHEN ${counts('excluded', name, i)} THEN excluded.${name} ELSE old.${name} END`],
  )
  const provenance = ['import_id = excluded.import_id', 'source_line = excluded.source_line']
  return [...columns, `custom = ${laidCustom('excluded.custom')}`, ...provenance].join(', ')
}

/** `,"name":[value,value]` of each column in which two rows differ. */
function differentMembers(names: readonly string[]): string {
  return names
    .map(
      name =>
        `iif(new.${name} IS NOT old.${name}, ',"${name}":[' || json_quote(old.${name}) || ',' || json_quote(new.${name}) || ']', '')`,
    )
    .join(' || ')
}

/** `,"name":value` of each column that would change, as it was. */
function changedMembers(names: readonly string[]): string {
  const columns = names.map((name, i) => `iif(${changesCell(name, i)}, ',"${name}":' || json_quote(old.${name}), '')`)
  const customs = `iif(${laidCustom('new.custom')} IS NOT old.custom, ',"custom":' || json_quote(old.custom), '')`
  return [...columns, customs].join(' || ')
}
