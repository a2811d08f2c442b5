import { resolve } from 'node:path'
import type { Progress } from '#contract/method'
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

/** A line of progress on stderr: rewritten in place on a terminal, one line per phase elsewhere. */
export function progressLine(): (progress: Progress) => void {
  let phase = ''
  const isTerminal = process.stderr.isTTY
  return progress => {
    const subject = progress.subject === null ? '' : ` ${progress.subject}`
    const key = `${progress.phase}${subject}`
    if (isTerminal) {
      process.stderr.write(`\r\u001b[2K${key} ${amount(progress)}`)
      if (progress.done === progress.total) process.stderr.write('\n')
    } else if (key !== phase) note(key)
    phase = key
  }
}

function amount({ done, total, unit }: Progress): string {
  const shown = unit === 'bytes' ? `${(done / 1e6).toFixed(1)} MB` : String(done)
  if (total === null || total === 0) return shown
  return `${shown} (${Math.floor((100 * done) / total)} %)`
}

/** Rows of text cells as a table with aligned columns; numbers stand right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map(row => (row[column] ?? '').length)))
  return rows
    .map(row =>
      row
        .map((cell, column) =>
          /^[\d.,%+-]+$/.test(cell) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
