/** One compiler run per environment, side by side: pure rooms see neither Node nor DOM, the renderer sees no Node. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url))
const root = fileURLToPath(new URL('..', import.meta.url))

const codes = await Promise.all(
  ['pure', 'node', 'dom'].map(
    environment =>
      new Promise<number>(resolve => {
        const kept = `node_modules/.cache/tsc/${environment}.tsbuildinfo`
        const options = ['-p', `tsconfig.${environment}.json`, '--pretty', '--incremental', '--tsBuildInfoFile', kept]
        const child = spawn(process.execPath, [tsc, ...options], { cwd: root, stdio: 'inherit' })
        child.once('exit', code => resolve(code ?? 1))
      }),
  ),
)
process.exitCode = Math.max(...codes)
