import { createInterface } from 'node:readline/promises'

type Terminal = Readonly<{ input: NodeJS.ReadableStream; output: NodeJS.WritableStream }>

/** Is there somebody to ask? */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true
}

const TERMINAL: Terminal = { input: process.stdin, output: process.stderr }

/** Asks on the terminal; anything but yes is no, and so is a terminal that closes without an answer. */
export async function isAgreedTo(question: string, { input, output }: Terminal = TERMINAL): Promise<boolean> {
  const ask = createInterface({ input, output })
  const isClosed = new Promise<null>(resolve => ask.once('close', () => resolve(null)))
  try {
    const answer = await Promise.race([ask.question(`${question} [y/N] `), isClosed])
    return answer !== null && /^y(es)?$/i.test(answer.trim())
  } finally {
    ask.close()
  }
}
