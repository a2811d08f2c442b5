import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, vi } from 'vitest'
import { createProgram } from '../../../cli/program.ts'
import { runProgram } from '../../../cli/run-program.ts'

export const REPOSITORY = resolve(import.meta.dirname, '../../..')
export const BIN = join(REPOSITORY, 'cli/bin.js')

export type Ended = Readonly<{ code: number | null; stdout: string; stderr: string }>

/** The command line in a process of its own, as a shell would start it. */
export function start(
  args: readonly string[],
  cwd: string,
  nodeArgs: readonly string[] = [],
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [...nodeArgs, BIN, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  return { child, ended: endOf(child) }
}

export const pql = (args: readonly string[], cwd: string): Promise<Ended> => start(args, cwd).ended

/** What a process wrote and how it ended. */
function endOf(child: ChildProcess): Promise<Ended> {
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', code => done({ code, stdout, stderr }))
  })
}

/** The same in this process, which is faster: the caller's folder is named as npm names it. */
export async function pqlHere(args: readonly string[], cwd: string): Promise<Ended> {
  const written = { stdout: '', stderr: '' }
  const spies = (['stdout', 'stderr'] as const).map(stream =>
    vi.spyOn(process[stream], 'write').mockImplementation(text => {
      written[stream] += String(text)
      return true
    }),
  )
  vi.stubEnv('npm_lifecycle_event', 'pql')
  vi.stubEnv('INIT_CWD', cwd)
  try {
    const code = await runProgram(createProgram, ['node', 'pql', ...args])
    return { code, ...written }
  } finally {
    vi.unstubAllEnvs()
    for (const spy of spies) spy.mockRestore()
  }
}

/** The same by way of npm, which changes into the repository first. */
export function npmRun(args: readonly string[], cwd: string): Promise<Ended> {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  return endOf(
    spawn(npm, ['--prefix', REPOSITORY, 'run', '-s', 'pql', '--', ...args], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    }),
  )
}

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A folder for one test, removed after the last one of the file. */
export function folderOf(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'pql-cli-'))
  folders.push(folder)
  put(folder, files)
  return folder
}

export function put(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, text)
  }
}

/** Every file and folder below, relative, sorted; folders end in a slash. */
export function treeOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => (statSync(join(folder, name)).isDirectory() ? `${name}/` : name))
    .sort()
}

/** Bytes of every file below a folder. */
export function bytesOf(folder: string): Readonly<Record<string, string>> {
  const files = treeOf(folder).filter(name => !name.endsWith('/'))
  return Object.fromEntries(files.map(name => [name, readFileSync(join(folder, name), 'latin1')]))
}
