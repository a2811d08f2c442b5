import { beforeEach, expect, test, vi } from 'vitest'
import * as double from './double.ts'

beforeEach(() => {
  double.resetDouble()
  vi.resetModules()
})

test('exposes three functions and nothing more; a path is found on this side of the bridge', async () => {
  await import('../../electron/preload.ts')
  const fresh = (await import('./double.ts')) as typeof double
  const bridge = fresh.exposed.get('pql') as Record<string, (...args: unknown[]) => unknown>
  expect([...fresh.exposed.keys(), ...Object.keys(bridge)]).toEqual(['pql', 'connect', 'shell', 'takeFile'])
  bridge['connect']?.()
  await bridge['shell']?.('project.list', {})
  await bridge['takeFile']?.({ name: 'a.csv' })
  expect(fresh.calls).toEqual([
    { name: 'ipcRenderer.send', args: ['pql:connect'] },
    { name: 'ipcRenderer.invoke', args: ['pql:shell', 'project.list', {}] },
    { name: 'ipcRenderer.invoke', args: ['pql:take-file', '/dropped/a.csv'] },
  ])
})

test('hands the port on to the page, and the news that the engine stopped', async () => {
  const postMessage = vi.fn()
  vi.stubGlobal('window', { postMessage })
  await import('../../electron/preload.ts')
  const fresh = (await import('./double.ts')) as typeof double
  fresh.ipcRenderer.emit('pql:engine-port', { ports: ['port'] })
  fresh.ipcRenderer.emit('pql:engine-stopped', {})
  expect(postMessage.mock.calls).toEqual([
    [{ pql: 'engine-port' }, '*', ['port']],
    [{ pql: 'engine-stopped' }, '*'],
  ])
  vi.unstubAllGlobals()
})
