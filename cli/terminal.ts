import { resolve } from 'node:path'
import type { ErrorContext } from '#lib/errors'

/** Where the command was called from: npm changes into the package, and says where it came from. */
export function callerFolder(): string {
  return process.env['npm_lifecycle_event'] === 'pql' ? (process.env['INIT_CWD'] ?? process.cwd()) : process.cwd()
}

export const fromCaller = (path: string): string => resolve(callerFolder(), path)

/** Data goes to stdout, nothing else does. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Everything that is not data: progress, notes, errors. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`)
}

export function printError(code: string, message: string, context: ErrorContext): void {
  note(`${code}: ${message}`)
  if (process.env['PQL_DEBUG'] !== undefined) note(JSON.stringify(context))
}

/** A count with its noun: 1 row, 2 rows. */
export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`
}

/** Rows of text cells as a table with aligned columns; numbers stand right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map(row => (row[column] ?? '').length)))
  return rows
    .map(row =>
      row
        .map((cell, column) =>
          /^[\d.,%+\u2212-]+$/.test(cell) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
