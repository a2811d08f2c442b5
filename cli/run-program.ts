import { type Command, CommanderError } from 'commander'
import { AppError } from '#lib/errors'
import { EXIT_CODES } from './exit.ts'
import { note, printError } from './terminal.ts'

/** Runs one command line to its exit code. Expected failures are one line each; a fault shows where it came from. */
export async function runProgram(
  create: (setExit: (code: number) => void) => Command,
  argv: readonly string[],
): Promise<number> {
  let code = 0
  try {
    await create(chosen => {
      code = chosen
    }).parseAsync([...argv])
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_CODES['usage/bad-argument']
    if (error instanceof AppError) {
      printError(error.code, error.message, error.context)
      return EXIT_CODES[error.code]
    }
    note(`internal: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return EXIT_CODES.internal
  }
}
