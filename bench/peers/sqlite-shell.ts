import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import type { Measured } from '../contender.ts'
import { EVENTS_TABLE } from '../events-table.ts'

/** How often the shell's memory is looked at; its last figure before the end counts. */
const LOOK_MS = 50
/** Of Linux, whatever the machine. */
const TICKS_PER_SECOND = 100

/** `.import` of events.csv into a table with a text key: default journal, synchronous=FULL, one transaction. */
export async function importByShell(events: string, database: string): Promise<Measured> {
  for (const suffix of ['', '-journal']) rmSync(`${database}${suffix}`, { force: true })
  const start = performance.now()
  const shell = spawn('sqlite3', ['-batch', database], { stdio: ['pipe', 'ignore', 'ignore'] })
  shell.stdin.end(`${EVENTS_TABLE};\n.import --csv --skip 1 "${events}" events\n`)
  let usage = { peakMb: Number.NaN, cpuMs: Number.NaN }
  const timer = setInterval(() => {
    usage = usageOf(shell.pid) ?? usage
  }, LOOK_MS)
  await once(shell, 'exit')
  const ms = performance.now() - start
  clearInterval(timer)
  return { ms, wallMs: ms, ...usage, figures: { rows: await countRows(database) } }
}

/** Null where there is no /proc, or the process is gone. */
function usageOf(pid: number | undefined): { peakMb: number; cpuMs: number } | null {
  try {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    if (peak === undefined) return null
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    const ticks = Number(stat[11]) + Number(stat[12])
    return { peakMb: Number(peak) / 1024, cpuMs: (ticks * 1000) / TICKS_PER_SECOND }
  } catch {
    return null
  }
}

async function countRows(database: string): Promise<number> {
  const shell = spawn('sqlite3', ['-batch', database, 'SELECT count(*) FROM events'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  shell.stdout.on('data', chunk => {
    text += String(chunk)
  })
  await once(shell, 'close')
  return Number(text.trim())
}
