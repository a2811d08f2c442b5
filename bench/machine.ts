import { spawnSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'
import { ROOT } from './places.ts'

/** Where figures come from; the date is what the machine says. */
export type Machine = Readonly<{
  commit: string
  date: string
  node: string
  cpu: string
  cores: number
  memoryGb: number
  /** Processes that wanted a core over the last minute, when the bench began. */
  load: number
}>

export function describeMachine(): Machine {
  const processors = cpus()
  return {
    commit: commitOf(),
    date: new Date().toISOString(),
    node: process.version,
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    load: currentLoad(),
  }
}

export const currentLoad = (): number => Math.round((loadavg()[0] ?? 0) * 10) / 10

/** Short hash, with a plus where files differ from it; `none` outside a repository or before its first commit. */
function commitOf(): string {
  const head = git('rev-parse', '--short', 'HEAD')
  if (head === null) return 'none'
  return git('status', '--porcelain') === '' ? head : `${head}+`
}

function git(...args: string[]): string | null {
  const { status, stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' })
  return status === 0 ? stdout.trim() : null
}
