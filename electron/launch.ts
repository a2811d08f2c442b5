import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { type Host, startHost } from '../browser-host/host.ts'
import { openInBrowser } from '../browser-host/open-browser.ts'
import { ensureBuilt } from './build-state.ts'
import { findElectron } from './find-electron.ts'
import { readLaunchOptions } from './launch-options.ts'

const root = join(import.meta.dirname, '..')
const { inBrowser, isOpened, project, folder, port } = readLaunchOptions(process.argv.slice(2))

ensureBuilt(root)
const electron = inBrowser ? { missing: 'the browser was asked for' } : findElectron()
if ('path' in electron) startDesktop(electron.path)
else await startBrowserHost(electron.missing)

function startDesktop(binary: string): void {
  print('PQL Workbench opens in its own window (Electron)')
  const ofProject = project === undefined ? [] : [`--project=${resolve(project)}`]
  const ofFolder = folder === undefined ? [] : [`--folder=${resolve(folder)}`]
  const child = spawn(binary, [root, ...ofProject, ...ofFolder], { stdio: 'inherit' })
  child.once('error', error => {
    process.stderr.write(`Electron cannot be started: ${error.message}; use --browser\n`)
    process.exit(1)
  })
  child.once('exit', code => process.exit(code ?? 1))
}

async function startBrowserHost(why: string): Promise<void> {
  const host = await startHost({
    rendererRoot: join(root, 'dist/renderer'),
    open: isOpened,
    ...(project === undefined ? {} : { project }),
    ...(folder === undefined ? {} : { dataFolder: folder }),
    ...(port === undefined ? {} : { port }),
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
    if (isOpened) openInBrowser(url)
  })
  lines.once('SIGINT', () => process.kill(process.pid, 'SIGINT'))
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
