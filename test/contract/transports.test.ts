import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Channel } from '#contract/channel'
import { createClient } from '#contract/client'
import type { Client } from '#contract/contract'
import type { Progress } from '#contract/method'
import { type Opened, transports } from './support/transports.ts'

const filter = (search: string) => ({ sort: 'score' as const, descending: true, filter: { search } })

describe.each(transports)('contract over %s', (_name, open) => {
  let opened: Opened | null = null
  let client: Client
  const connect = async (): Promise<Opened> => {
    opened = await open()
    client = createClient(opened.client)
    return opened
  }
  afterEach(async () => {
    await opened?.close()
    opened = null
  })

  /** Starts the job and resolves once it runs, which its first progress says. */
  async function started(source: string, signal?: AbortSignal): Promise<{ job: Promise<unknown> }> {
    let job: Promise<unknown> = Promise.resolve()
    await new Promise<void>(running => {
      const options = { onProgress: () => running(), ...(signal === undefined ? {} : { signal }) }
      job = client['import.inspect']({ sources: [source] }, options)
      job.catch(() => undefined)
    })
    return { job }
  }

  test('returns the value and the progress', async () => {
    await connect()
    const onProgress = vi.fn()
    const value = await client['import.inspect']({ sources: ['ok'] }, { onProgress })
    expect({ value, progress: onProgress.mock.calls }).toEqual({
      value: { files: [] },
      progress: [[{ phase: 'Reading', done: 1, total: null, unit: 'rows', subject: 'ok' }]],
    })
  })

  test('answers go to their own calls, whatever their order', async () => {
    await connect()
    const abort = new AbortController()
    const { job } = await started('slow', abort.signal)
    const lengths = ['1', '2', '3', '4', '5']
    const pages = await Promise.all(lengths.map(length => client['score.order'](filter(length))))
    expect(pages.map(page => page.columns.order.length)).toEqual([1, 2, 3, 4, 5])
    abort.abort()
    await expect(job).rejects.toMatchObject({ code: 'run/cancelled' })
  })

  test('columns travel beside the value as typed arrays', async () => {
    await connect()
    expect(await client['score.activity']({ unitId: 'w1' })).toEqual({
      firstDay: 1,
      today: 3,
      columns: { perDay: new Uint32Array([1, 2, 3]) },
    })
  })

  test('a column of a million numbers and one of none arrive whole', async () => {
    await connect()
    const large = await client['score.order'](filter('1000000'))
    const want = Uint32Array.from({ length: 1_000_000 }, (_, at) => (at * 2654435761) >>> 0)
    expect(Buffer.compare(Buffer.from(large.columns.order.buffer), Buffer.from(want.buffer))).toBe(0)
    expect((await client['score.order'](filter('0'))).columns.order).toEqual(new Uint32Array(0))
  })

  test('a text of four megabytes arrives whole', async () => {
    await connect()
    expect((await client['model.get']({})).json).toBe('ä'.repeat(2_000_000))
  })

  test('an AppError keeps its code, message and context, and is not reported', async () => {
    const { reports } = await connect()
    await expect(client['project.open']({ source: 't' })).rejects.toMatchObject({
      name: 'AppError',
      code: 'store/locked',
      message: 'demo.pql is open in another window',
      context: { token: 't', pid: 7, by: null },
    })
    expect(reports).toEqual([])
  })

  test('a bug is reported on its side and masked on the other', async () => {
    const { reports } = await connect()
    const failure = client['import.inspect']({ sources: ['bug'] })
    await expect(failure).rejects.toMatchObject({ code: 'internal', message: expect.not.stringContaining('secret') })
    expect(reports).toEqual([expect.stringContaining('secret internals')])
  })

  test('bad input is refused with the path of the fault', async () => {
    await connect()
    await expect(client['import.inspect']({ sources: ['a', 7 as never] })).rejects.toMatchObject({
      code: 'contract/bad-input',
      message: expect.stringMatching(/^bad input for import\.inspect at sources\[1\]: /),
      context: { method: 'import.inspect', path: 'sources[1]' },
    })
  })

  test('unknown methods are refused by name, those that every object has too', async () => {
    const { client: channel } = await connect()
    for (const method of ['no.such.method', 'constructor', '__proto__', 'toString', '']) {
      const [reply] = await rawReplies(channel, [{ t: 'call', id: 1, method, input: {} }])
      expect(reply).toMatchObject({ t: 'fail', id: 1, error: { code: 'contract/unknown-method' } })
    }
  })

  test('an input above the cap is refused', async () => {
    await connect()
    const sources = Array.from({ length: 1000 }, () => 'x'.repeat(2000))
    await expect(client['import.inspect']({ sources })).rejects.toMatchObject({ code: 'contract/too-large' })
    await expect(client['score.activity']({ unitId: 'w1' })).resolves.toMatchObject({ today: 3 })
  })

  test('an output that is not as the contract says is a bug', async () => {
    const { reports } = await connect()
    await expect(client['project.close']({})).rejects.toMatchObject({ code: 'internal' })
    expect(reports).toEqual([expect.stringContaining('bad output of project.close')])
  })

  test('a column of another kind than the contract says is a bug', async () => {
    const { reports } = await connect()
    await expect(client['score.histogram']({ filter: {} })).rejects.toMatchObject({ code: 'internal' })
    expect(reports).toEqual([expect.stringContaining('column "counts" should be Uint32Array, found Float64Array')])
  })

  test('cancelling a job aborts its signal', async () => {
    await connect()
    const abort = new AbortController()
    const { job } = await started('slow', abort.signal)
    abort.abort()
    await expect(job).rejects.toMatchObject({ code: 'run/cancelled' })
  })

  test('an AbortError of a job that was cancelled is a cancellation, not a bug', async () => {
    const { reports } = await connect()
    const abort = new AbortController()
    const { job } = await started('abort-error', abort.signal)
    abort.abort()
    await expect(job).rejects.toMatchObject({ code: 'run/cancelled' })
    expect(reports).toEqual([])
  })

  test('a job that ended in spite of its cancel gives its value', async () => {
    await connect()
    const abort = new AbortController()
    const { job } = await started('stubborn', abort.signal)
    abort.abort()
    await expect(job).resolves.toEqual({ files: [] })
  })

  test('a call whose signal is aborted already is not sent', async () => {
    const { client: channel } = await connect()
    const post = vi.spyOn(channel as { post: Channel['post'] }, 'post')
    const call = client['score.activity']({ unitId: 'w1' }, { signal: AbortSignal.abort() })
    await expect(call).rejects.toMatchObject({ code: 'run/cancelled' })
    expect(post).not.toHaveBeenCalled()
  })

  test('a cancel right behind its call stops it before it starts', async () => {
    const { client: channel } = await connect()
    const call = { t: 'call', id: 5, method: 'import.inspect', input: { sources: ['slow'] } }
    const replies = await rawReplies(channel, [call, { t: 'cancel', id: 5 }])
    expect(replies.at(-1)).toMatchObject({ t: 'fail', id: 5, error: { code: 'run/cancelled' } })
  })

  test('jobs wait for one another in line, say so, and are cancelled where they stand', async () => {
    await connect()
    const inLine = (importId: number): Line => {
      const abort = new AbortController()
      const seen: unknown[] = []
      const onProgress = ({ phase, waitsFor }: Progress): void => void seen.push(waitsFor ?? phase)
      const done = client['import.undo']({ importId }, { signal: abort.signal, onProgress })
      done.catch(() => undefined)
      return { abort, seen, done }
    }
    const [first, second, third] = [inLine(0), inLine(1), inLine(2)]
    await vi.waitFor(() => expect(third.seen).toEqual([{ job: 'job 0', ahead: 2 }]), 120_000)
    second.abort.abort()
    await expect(second.done).rejects.toMatchObject({ code: 'run/cancelled' })
    first.abort.abort()
    expect(await third.done).toMatchObject({ importId: 2 })
    expect(third.seen).toEqual([{ job: 'job 0', ahead: 2 }, { job: 'job 0', ahead: 1 }, 'Starting', 'Undoing'])
    expect(await first.done).toMatchObject({ importId: 0 })
  })

  test('rubbish is passed over and the next call is answered', async () => {
    const { client: channel } = await connect()
    const rubbish = [7, 'call', [], {}, { t: 'call' }, { t: 'call', id: 'x' }, { t: 'cancel', id: 99 }]
    const more = [
      { t: 'ok', id: 1, value: 1 },
      { t: 'call', id: 2.5, method: 'app.info', input: {} },
      { t: 1, id: 3 },
    ]
    for (const message of [...rubbish, ...more]) channel.post(message as never)
    await expect(client['score.activity']({ unitId: 'w1' })).resolves.toMatchObject({ today: 3 })
  })

  test('a dead peer rejects the calls in flight', async () => {
    const { kill } = await connect()
    const { job } = await started('slow')
    kill()
    await expect(job).rejects.toMatchObject({ code: 'transport/closed' })
  })

  test('a call after the end is rejected at once', async () => {
    const { kill } = await connect()
    const { job } = await started('slow')
    kill()
    await job.catch(() => undefined)
    await expect(client['score.activity']({ unitId: 'w1' })).rejects.toMatchObject({ code: 'transport/closed' })
  })

  test('closing this end rejects what is in flight', async () => {
    const { client: channel } = await connect()
    const { job } = await started('slow')
    channel.close()
    await expect(job).rejects.toMatchObject({ code: 'transport/closed' })
    expect(() => channel.post({ t: 'cancel', id: 1 })).toThrow(expect.objectContaining({ code: 'transport/closed' }))
  })
})

type Line = Readonly<{ abort: AbortController; seen: readonly unknown[]; done: Promise<unknown> }>

/** Replies to raw messages, until one that is not a progress. */
function rawReplies(channel: Channel, messages: readonly unknown[]): Promise<{ t: string }[]> {
  return new Promise(resolve => {
    const replies: { t: string }[] = []
    channel.listen(reply => {
      replies.push(reply as { t: string })
      if ((reply as { t: string }).t !== 'progress') resolve(replies)
    })
    for (const message of messages) channel.post(message as never)
  })
}
