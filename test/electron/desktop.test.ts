import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ENGINE_FLAGS } from '#lib/engine-flags'
import { serveApp } from '../../electron/app-protocol.ts'
import { startDesktop } from '../../electron/desktop.ts'
import * as double from './double.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pql-desktop-'))
  double.resetDouble()
  double.switches.set('folder', join(folder, 'data')).set('path:userData', join(folder, 'profile'))
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

const called = (name: string) => double.calls.filter(call => call.name === name).map(call => call.args)
const handler = (name: string) => double.handlers.get(name) as (...args: unknown[]) => unknown
const contents = () => double.BrowserWindow.all[0]?.webContents as double.FakeContents
const fromPage = () => ({ sender: contents(), senderFrame: contents().mainFrame })
const ask = (name: string, input: unknown) => handler('handle:pql:shell')(fromPage(), name, input)

describe('start', () => {
  test('opens one locked window on the app and nothing else', async () => {
    await startDesktop()
    expect(called('loadURL')).toEqual([['app://workbench/']])
    expect(called('new BrowserWindow')).toMatchObject([
      [
        {
          show: false,
          webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false },
        },
      ],
    ])
    expect(called('registerSchemesAsPrivileged')).toMatchObject([[[{ scheme: 'app', privileges: { secure: true } }]]])
    double.BrowserWindow.all[0]?.emit('ready-to-show')
    expect(called('window.show')).toHaveLength(1)
  })

  test('a second start focuses the window of the first and ends', async () => {
    double.app.isFirstInstance = false
    await startDesktop()
    expect([called('app.quit').length, called('new BrowserWindow').length]).toEqual([1, 0])
    double.app.isFirstInstance = true
    await startDesktop()
    double.app.emit('second-instance')
    expect([called('window.restore').length, called('window.focus').length]).toEqual([1, 1])
  })

  test('the menu has what a window needs, and no tools of developers once packaged', async () => {
    await startDesktop()
    double.app.isPackaged = true
    Object.assign(process, { resourcesPath: folder }) // Electron sets it
    await startDesktop()
    const roles = called('setApplicationMenu').map(([menu]) => JSON.stringify(menu).includes('toggleDevTools'))
    expect(roles).toEqual([true, false])
  })

  test('quitting waits until the engine has closed its project', async () => {
    await startDesktop()
    handler('on:pql:connect')(fromPage())
    const engine = double.forked[0] as double.FakeUtilityProcess
    const event = { preventDefault: vi.fn() }
    double.app.emit('window-all-closed')
    double.app.emit('before-quit', event)
    expect([event.preventDefault.mock.calls.length, engine.sent.at(-1)]).toEqual([1, { kind: 'stop' }])
    engine.emit('exit', 0)
    await vi.waitFor(() => expect(called('app.quit')).toHaveLength(2), 120_000)
    double.app.emit('before-quit', event)
    expect(event.preventDefault).toHaveBeenCalledOnce()
  })
})

describe('what a page may not do', () => {
  test('leave its address, open a window, embed a page', async () => {
    await startDesktop()
    const open = called('setWindowOpenHandler')[0]?.[0] as () => unknown
    expect(open()).toEqual({ action: 'deny' })
    for (const name of ['will-navigate', 'will-redirect', 'will-attach-webview']) {
      const event = { preventDefault: vi.fn() }
      contents().emit(name, event)
      expect(event.preventDefault).toHaveBeenCalledOnce()
    }
  })

  test('get a permission or a device', async () => {
    await startDesktop()
    const done = vi.fn()
    handler('permission-request')(null, 'notifications', done)
    expect([done.mock.calls, handler('permission-check')(), handler('device-permission')()]).toEqual([
      [[false]],
      false,
      false,
    ])
  })

  test.each([
    { url: 'app://workbench/assets/main.js', isCancelled: false },
    { url: 'data:image/png;base64,AA', isCancelled: false },
    { url: 'https://example.com/', isCancelled: true },
    { url: 'http://127.0.0.1:80/', isCancelled: true },
    { url: 'file:///etc/passwd', isCancelled: true },
    { url: 'app://workbench.example/', isCancelled: true },
  ])('request $url: cancelled $isCancelled', async ({ url, isCancelled }) => {
    await startDesktop()
    const done = vi.fn()
    handler('before-request')({ url }, done)
    expect(done).toHaveBeenCalledWith({ cancel: isCancelled })
  })

  test.each([
    { why: 'a frame within the page', frame: () => ({ url: 'app://workbench/' }) },
    {
      why: 'a page of another address',
      frame: () => Object.assign(contents().mainFrame, { url: 'https://evil.example/' }),
    },
    { why: 'a frame that is gone', frame: () => null },
  ])('talk to the main process from $why', async ({ frame }) => {
    await startDesktop()
    const event = { sender: contents(), senderFrame: frame() }
    handler('on:pql:connect')(event)
    expect(double.forked).toEqual([])
    await expect(handler('handle:pql:shell')(event, 'project.list', {})).rejects.toThrow('may not ask')
    await expect(handler('handle:pql:take-file')(event, '/etc/hosts')).rejects.toThrow('may not ask')
  })
})

describe('the app scheme', () => {
  const load = async (url: string, method = 'GET') => {
    await startDesktop()
    return (await handler('protocol:app')(new Request(url, { method }))) as Response
  }

  test('serves the built renderer, and nothing outside it', async () => {
    for (const url of [
      'app://workbench/%2e%2e/electron/main.js',
      'app://workbench/..%2felectron/main.js',
      'app://other/',
    ]) {
      expect((await load(url)).status).toBe(404)
    }
    expect((await load('app://workbench/', 'POST')).status).toBe(404)
  })
})

test('the app scheme sends pages with the headers of the browser host, and a nonce of their own', async () => {
  writeFileSync(join(folder, 'index.html'), '<html><head></head></html>')
  writeFileSync(join(folder, 'main.js'), 'export {}')
  serveApp(folder)
  const load = async (url: string) => (await handler('protocol:app')(new Request(url))) as Response
  const page = await load('app://workbench/')
  const nonce = /content="([^"]+)"/.exec(await page.text())?.[1]
  expect(page.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`)
  expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp')
  const script = await load('app://workbench/main.js')
  expect([script.status, script.headers.get('content-type'), await script.text()]).toEqual([
    200,
    'text/javascript; charset=utf-8',
    'export {}',
  ])
})

describe('shell calls', () => {
  test('files that were chosen stay where they are and get a token the engine knows', async () => {
    await startDesktop()
    handler('on:pql:connect')(fromPage())
    writeFileSync(join(folder, 'a.csv'), 'abc')
    double.answers.filePaths = [join(folder, 'a.csv')]
    const answer = (await ask('files.choose', {})) as { value: [{ token: string }] }
    expect(answer).toMatchObject({ ok: true, value: [{ name: 'a.csv', bytes: 3 }] })
    expect(double.forked[0]?.sent).toContainEqual({
      kind: 'grant',
      token: answer.value[0].token,
      grant: { source: { path: join(folder, 'a.csv'), name: 'a.csv' } },
    })
  })

  test('a dropped file is taken by its path, a folder or a made-up one is not', async () => {
    await startDesktop()
    writeFileSync(join(folder, 'a.csv'), 'abc')
    const take = (path: string) => handler('handle:pql:take-file')(fromPage(), path)
    expect(await take(join(folder, 'a.csv'))).toMatchObject({ ok: true, value: { name: 'a.csv' } })
    for (const path of [folder, join(folder, 'b.csv'), '', 'a.csv']) {
      expect(await take(path)).toMatchObject({ ok: false, error: { code: 'usage/missing-file' } })
    }
  })

  test('a project that was made or opened is recent from then on', async () => {
    await startDesktop()
    mkdirSync(join(folder, 'elsewhere'))
    const [one, two] = [join(folder, 'elsewhere/one.pql'), join(folder, 'elsewhere/two')]
    writeFileSync(one, '1')
    double.answers.filePath = two
    expect(await ask('project.new', { name: 'Two' })).toMatchObject({ ok: true, value: { name: 'two' } })
    double.answers.filePaths = [one]
    expect(await ask('project.choose', {})).toMatchObject({ ok: true, value: { name: 'one' } })
    expect(await ask('project.list', {})).toMatchObject({ ok: true, value: [{ name: 'one', bytes: 1 }] })
    expect(JSON.parse(readFileSync(join(folder, 'profile/recent-projects.json'), 'utf8'))).toEqual([one, `${two}.pql`])
  })

  test('a dialog that was cancelled gives nothing', async () => {
    await startDesktop()
    expect(await ask('project.new', { name: 'x' })).toEqual({ ok: true, value: null })
    expect(await ask('project.choose', {})).toEqual({ ok: true, value: null })
    expect(await ask('export.new', { project: 'x' })).toEqual({ ok: true, value: null })
    expect(await ask('files.choose', {})).toEqual({ ok: true, value: [] })
  })

  test('only a folder that was handed out is shown', async () => {
    await startDesktop()
    double.answers.filePaths = [folder]
    const { value } = (await ask('export.new', { project: 'x' })) as { value: { token: string } }
    expect(await ask('folder.reveal', { token: value.token })).toEqual({ ok: true, value: {} })
    expect(await ask('folder.reveal', { token: '/etc' })).toMatchObject({
      ok: false,
      error: { code: 'import/unknown-source' },
    })
    expect(called('shell.openPath')).toEqual([[folder]])
  })

  test('unknown calls and bad input are refused by code', async () => {
    await startDesktop()
    expect(await ask('constructor', {})).toMatchObject({ ok: false, error: { code: 'contract/unknown-method' } })
    expect(await ask('project.new', { path: '/' })).toMatchObject({ ok: false, error: { code: 'contract/bad-input' } })
  })
})

describe('the engine process', () => {
  test('is told the flags of an engine in the one switch that V8 is told of', async () => {
    await startDesktop()
    handler('on:pql:connect')(fromPage())
    expect(called('utilityProcess.fork')).toMatchObject([
      [expect.stringContaining('core-entry'), [], { execArgv: [`--js-flags=${ENGINE_FLAGS.join(' ')}`] }],
    ])
  })

  test('is started once, introduced to each page that connects, and replaced after it died', async () => {
    await startDesktop()
    handler('on:pql:connect')(fromPage())
    handler('on:pql:connect')(fromPage())
    expect(double.forked.map(child => child.sent)).toEqual([[{ kind: 'client' }, { kind: 'client' }]])
    double.forked[0]?.emit('exit', 9)
    expect(called('webContents.send')).toEqual([['pql:engine-stopped']])
    handler('on:pql:connect')(fromPage())
    expect(double.forked).toHaveLength(2)
    expect(called('frame.postMessage').map(args => args[0])).toEqual(Array(3).fill('pql:engine-port'))
  })
})
