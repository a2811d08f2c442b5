/** A line about rows that are held for a table of a file. */
type HeldLine = Readonly<{ file: string; table: string; count: number; code: string; column: string; message: string }>

/** Lines, with each those that say the very same for other tables: a record that feeds several is held for each, and told once. */
export function toldOnce<T extends HeldLine>(lines: readonly T[]): readonly (readonly [T, ...T[]])[] {
  const told = new Map<string, [T, ...T[]]>()
  const times = new Map<string, number>()
  for (const line of lines) {
    const { file, table, count, code, column, message } = line
    const same = JSON.stringify([file, count, code, column, message])
    const time = times.get(`${table} ${same}`) ?? 0
    times.set(`${table} ${same}`, time + 1)
    const others = told.get(`${time} ${same}`)
    if (others === undefined) told.set(`${time} ${same}`, [line])
    else others.push(line)
  }
  return [...told.values()]
}

/** Tables of lines that are told once. */
export function tablesOf(lines: readonly HeldLine[]): string {
  return lines.map(({ table }) => table).join(', ')
}
