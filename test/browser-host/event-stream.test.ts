import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readEvents, type StreamEvent } from '../../renderer/src/client/event-stream.ts'

test('events come out whole wherever the bytes were cut', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'ä', '😀', ' ', '{') })
  await fc.assert(
    fc.asyncProperty(fc.array(text), fc.array(fc.nat(40)), async (texts, cuts) => {
      const stream = texts.map(data => `: note\nevent: x\ndata: ${data}\n\n`).join('')
      expect(await collect(Buffer.from(stream), cuts)).toEqual(texts.map(data => ({ name: 'x', data })))
    }),
  )
})

test('comments and frames without data are passed over, and so is a frame that was cut off', async () => {
  const stream = ': open\n\nevent: x\n\ndata: 1\ndata: 2\n\ndata: cut off'
  expect(await collect(Buffer.from(stream), [])).toEqual([{ name: 'message', data: '1\n2' }])
})

async function collect(bytes: Buffer, cuts: readonly number[]): Promise<StreamEvent[]> {
  const body = new ReadableStream<Uint8Array>({
    start: controller => {
      let at = 0
      for (const cut of cuts) {
        controller.enqueue(new Uint8Array(bytes.subarray(at, at + cut)))
        at += cut
      }
      controller.enqueue(new Uint8Array(bytes.subarray(at)))
      controller.close()
    },
  })
  const events: StreamEvent[] = []
  for await (const event of readEvents(body)) events.push(event)
  return events
}
