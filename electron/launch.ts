import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { type Host, startHost } from '../browser-host/host.ts'
import { openInBrowser } from '../browser-host/open-browser.ts'
import { ensureBuilt } from './build-state.ts'
import { findElectron } from './find-electron.ts'

const root = join(import.meta.dirname, '..')
const { values } = parseArgs({
  options: {
    browser: { type: 'boolean', default: false },
    'no-open': { type: 'boolean', default: false },
    project: { type: 'string' },
    folder: { type: 'string' },
    port: { type: 'string' },
  },
})

ensureBuilt(root)
const electron = values.browser ? { missing: 'the browser was asked for' } : findElectron()
if ('path' in electron) startDesktop(electron.path)
else await startBrowserHost(electron.missing)

function startDesktop(binary: string): void {
  print('PQL Workbench opens in its own window (Electron)')
  const project = values.project === undefined ? [] : [`--project=${resolve(values.project)}`]
  const folder = values.folder === undefined ? [] : [`--folder=${resolve(values.folder)}`]
  const child = spawn(binary, [root, ...project, ...folder], { stdio: 'inherit' })
  child.once('error', error => {
    process.stderr.write(`Electron cannot be started: ${error.message}; use --browser\n`)
    process.exit(1)
  })
  child.once('exit', code => process.exit(code ?? 1))
}

async function startBrowserHost(why: string): Promise<void> {
  const host = await startHost({
    rendererRoot: join(root, 'dist/renderer'),
    open: !values['no-open'],
    ...(values.project === undefined ? {} : { project: values.project }),
    ...(values.folder === undefined ? {} : { dataFolder: values.folder }),
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void host.close().then(() => process.exit(0)))
  }
  print(`PQL Workbench runs in the browser (${why}): ${host.url}`)
  offerNewLinks(host)
}

/** A link opens once; whoever closed the browser needs another. */
function offerNewLinks(host: Host): void {
  if (!process.stdin.isTTY) return
  print('Enter gives a new link, Ctrl+C ends the program')
  const lines = createInterface({ input: process.stdin })
  lines.on('line', () => {
    const url = host.newUrl()
    print(url)
    if (!values['no-open']) openInBrowser(url)
  })
  lines.once('SIGINT', () => process.kill(process.pid, 'SIGINT'))
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
