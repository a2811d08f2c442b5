/** The checks that read the code without running it, as many at a time as there are cores; what each said comes in one piece. */
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

const CHECKS = ['types', 'lint', 'deps', 'unused', 'docs:check', 'kernels:check']
const root = fileURLToPath(new URL('..', import.meta.url))

const waiting = [...CHECKS]
const failed: string[] = []

function run(check: string): Promise<void> {
  return new Promise(resolve => {
    const child = spawn('npm', ['run', '-s', check], { cwd: root, shell: process.platform === 'win32' })
    const said: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => said.push(part))
    child.once('close', code => {
      process.stdout.write(`${code === 0 ? 'ok' : 'FAILED'}  ${check}\n`)
      process.stdout.write(Buffer.concat(said))
      if (code !== 0) failed.push(check)
      resolve()
    })
  })
}

async function runWaiting(): Promise<void> {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) await run(check)
}

await Promise.all(Array.from({ length: availableParallelism() }, runWaiting))
process.exitCode = failed.length === 0 ? 0 : 1
