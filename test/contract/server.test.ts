import { expect, test, vi } from 'vitest'
import { memoryChannels } from '#contract/channel.memory'
import { createClient } from '#contract/client'
import { serve } from '#contract/server'
import { fakeHandlers } from './support/fake-handlers.ts'

function start(overrides: Partial<typeof fakeHandlers> = {}, options = {}) {
  const [near, far] = memoryChannels()
  const report = vi.fn()
  const server = serve(far, { resolveSource: () => null }, { ...fakeHandlers, ...overrides }, { report, ...options })
  return { client: createClient(near), server, report, far }
}

test('close cancels what runs and waits for its end; what comes later is cancelled before it starts', async () => {
  const { client, server } = start()
  let job: Promise<unknown> = Promise.resolve()
  await new Promise<void>(running => {
    job = client['import.inspect']({ sources: ['stubborn'] }, { onProgress: () => running() })
  })
  await server.close()
  await expect(job).resolves.toEqual({ files: [] })
  await expect(client['score.activity']({ unitId: 'w' })).rejects.toMatchObject({ code: 'run/cancelled' })
})

test('a client that goes aborts what runs, and its answer is dropped without a report', async () => {
  const { client, server, report, far } = start()
  await new Promise<void>(running => {
    client['import.inspect']({ sources: ['stubborn'] }, { onProgress: () => running() }).catch(() => undefined)
  })
  far.close()
  await server.close()
  expect(report).not.toHaveBeenCalled()
})

test('an answer the transport cannot carry is a bug, reported and answered', async () => {
  const { client, report } = start({ 'model.apply': () => ({ hash: '', name: Number.NaN as never, isNew: true }) })
  await expect(client['model.apply']({ json: '' })).rejects.toMatchObject({ code: 'internal' })
  expect(report).toHaveBeenCalledWith(expect.objectContaining({ message: expect.stringContaining('"name"') }))
})

test('an answer above the cap is refused by name', async () => {
  const { client } = start({}, { maxOutput: 1_000_000 })
  await expect(client['model.get']({})).rejects.toMatchObject({
    code: 'contract/too-large',
    context: { method: 'model.get' },
  })
})

test('a second call of an id in flight is passed over', async () => {
  const inspect = vi.fn(fakeHandlers['import.inspect'])
  const [near, far] = memoryChannels()
  serve(far, { resolveSource: () => null }, { ...fakeHandlers, 'import.inspect': inspect }, { report: () => undefined })
  const call = { t: 'call', id: 1, method: 'import.inspect', input: { sources: ['slow'] } } as const
  const replies: unknown[] = []
  await new Promise<void>(running => {
    near.listen(reply => {
      replies.push(reply)
      running()
    })
    near.post(call)
  })
  near.post(call)
  near.post({ t: 'cancel', id: 1 })
  await vi.waitFor(() => expect(replies).toHaveLength(2), 120_000)
  expect(replies[1]).toMatchObject({ t: 'fail', error: { code: 'run/cancelled' } })
  expect(inspect).toHaveBeenCalledOnce()
})

test('a bug thrown as anything is reported as it is', async () => {
  const { client, report } = start({ 'model.get': () => Promise.reject('plain text') })
  await expect(client['model.get']({})).rejects.toMatchObject({ code: 'internal' })
  expect(report).toHaveBeenCalledWith('plain text')
})
