import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { expect, test, vi } from 'vitest'
import { portChannel } from '#contract/channel.port'
import { createClient } from '#contract/client'
import { serve } from '#contract/server'
import { runCoreChild } from '../../electron/core-child.ts'
import { fakeHandlers } from '../contract/support/fake-handlers.ts'

class FakeParent extends EventEmitter {
  postMessage = vi.fn()
}

function start() {
  const parent = new FakeParent()
  const exit = vi.fn()
  runCoreChild(
    (channel, host) => serve(channel, host, fakeHandlers, { report: host.report, checkOutputs: true }),
    parent as never,
    exit,
  )
  const tell = (data: unknown, ports: readonly MessagePort[] = []) => parent.emit('message', { data, ports })
  const connect = () => {
    const { port1, port2 } = new MessageChannel()
    tell({ kind: 'client' }, [port2])
    const channel = portChannel(port1)
    return { channel, client: createClient(channel) }
  }
  return { parent, exit, tell, connect }
}

test('windows share the engine, and a token means what the main process says', async () => {
  const { tell, connect } = start()
  const [a, b] = [connect(), connect()]
  const inspect = async (token: string) =>
    (await b.client['import.inspect']({ sources: [token] })).files.map(f => f.file)
  expect((await a.client['score.activity']({ unitId: 'w' })).columns.perDay).toEqual(new Uint32Array([1, 2, 3]))
  expect(await inspect('t')).toEqual([])
  tell({ kind: 'grant', token: 't', grant: { source: { path: '/x/a.csv', name: 'a.csv' } } })
  expect(await inspect('t')).toEqual(['a.csv'])
  tell({ kind: 'grant', token: 'folder', grant: { target: '/x' } })
  expect(await inspect('folder')).toEqual([])
  tell({ kind: 'revoke', token: 't' })
  expect(await inspect('t')).toEqual([])
  a.channel.close()
  b.channel.close()
})

test('a bug is reported to the main process', async () => {
  const { parent, connect } = start()
  const { channel, client } = connect()
  await expect(client['import.inspect']({ sources: ['bug'] })).rejects.toMatchObject({ code: 'internal' })
  expect(parent.postMessage.mock.calls).toEqual([
    [{ kind: 'report', text: expect.stringContaining('secret internals') }],
  ])
  channel.close()
})

test('told to stop, it closes the engine and then ends', async () => {
  const { exit, tell, connect } = start()
  const { channel, client } = connect()
  const job = new Promise<unknown>(done => {
    const onProgress = () => tell({ kind: 'stop' })
    client['import.inspect']({ sources: ['slow'] }, { onProgress }).catch(done)
  })
  expect(await job).toMatchObject({ code: 'run/cancelled' })
  await vi.waitFor(() => expect(exit).toHaveBeenCalledOnce(), 120_000)
  channel.close()
})
