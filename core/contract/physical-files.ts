type Part = Readonly<{ file: string; table: string; bytes: number; sha256?: string | undefined }>

/**
 * Files as they lie on the disk: one that feeds several tables is reported once per table.
 *
 * The parts of a file have its name, its length and its content, and each another table: where a table comes again, it is another
 * file that looks the same (`a/users.csv`, `b/users.csv`).
 *
 * @param parts in the order of the report: file by file, or table by table
 * @returns the parts of each file, in the order of their first ones
 *
 * Source: docs/methods/import.md, "Accounts".
 */
export function physicalFiles<T extends Part>(parts: readonly T[]): readonly (readonly T[])[] {
  const seen = new Map<string, number>()
  const keyOf = ({ file, table, bytes, sha256 }: T): string => {
    const part = JSON.stringify([file, bytes, sha256, table])
    const before = seen.get(part) ?? 0
    seen.set(part, before + 1)
    return JSON.stringify([file, bytes, sha256, before])
  }
  return [...Map.groupBy(parts, keyOf).values()]
}
