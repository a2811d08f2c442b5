import type { IncomingMessage } from 'node:http'
import { Refusal } from './failure.ts'

/** The JSON of a small body. @throws Refusal 413 above the cap, 415 for another type, 400 for what is no JSON */
export async function readJson(request: IncomingMessage, cap: number): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new Refusal(415, 'the body should be application/json')
  }
  const chunks: Buffer[] = []
  let length = 0
  refuseAbove(cap, Number(request.headers['content-length'] ?? 0))
  for await (const chunk of request) {
    length += (chunk as Buffer).length
    refuseAbove(cap, length)
    chunks.push(chunk as Buffer)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new Refusal(400, 'the body is not JSON')
  }
}

export function refuseAbove(cap: number, length: number): void {
  if (length > cap) throw new Refusal(413, `the body is above ${cap} bytes`, 'contract/too-large')
}
