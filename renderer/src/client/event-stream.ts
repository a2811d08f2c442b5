export type StreamEvent = Readonly<{ name: string; data: string }>

/** The events of a `text/event-stream` body, in order; comments are passed over. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent, void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let pending: string[] = []
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const text = decoder.decode(value, { stream: true })
      // A large message comes in many chunks: they are joined once, when its end is there.
      if (!text.includes('\n')) {
        pending.push(text)
        continue
      }
      const frames = (pending.join('') + text).split('\n\n')
      pending = [frames.pop() ?? '']
      for (const frame of frames) {
        const event = readFrame(frame)
        if (event !== null) yield event
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

function readFrame(frame: string): StreamEvent | null {
  let name = 'message'
  const data: string[] = []
  for (const line of frame.split('\n')) {
    if (line.startsWith('event: ')) name = line.slice('event: '.length)
    if (line.startsWith('data: ')) data.push(line.slice('data: '.length))
  }
  return data.length === 0 ? null : { name, data: data.join('\n') }
}
