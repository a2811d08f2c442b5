import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { AppError } from '#lib/errors'
import { fromCaller } from '../terminal.ts'

/** `pql open`: the window (Electron, else the default browser) on a project. */
export function addOpen(program: Command, setExit: (code: number) => void): void {
  program
    .command('open')
    .description('open the app, with a project where one is named')
    .argument('[project]', 'project file')
    .option('--no-open', 'print the address and open nothing')
    .action(async (project: string | undefined, options: Readonly<{ open: boolean }>) => {
      const path = project === undefined ? null : fromCaller(project)
      if (path !== null && !existsSync(path))
        throw new AppError('usage/missing-file', `${project} does not exist`, { file: project ?? '' })
      const launcher = fileURLToPath(new URL('../../electron/launch.ts', import.meta.url))
      const args = launchArguments(path, options.open)
      const child = spawn(process.execPath, [launcher, ...args], { stdio: 'inherit' })
      setExit(await new Promise<number>(resolve => child.once('exit', code => resolve(code ?? 1))))
    })
}

/** What electron/launch.ts is given. @param project path of the project; null: none */
export function launchArguments(project: string | null, isOpened: boolean): readonly string[] {
  return [...(project === null ? [] : [`--project=${project}`]), ...(isOpened ? [] : ['--no-open'])]
}
