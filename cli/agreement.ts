import { createInterface } from 'node:readline/promises'

/** Is there somebody to ask? */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true
}

/** Asks on the terminal; anything but yes is no. */
export async function isAgreedTo(question: string): Promise<boolean> {
  const ask = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await ask.question(`${question} [y/N] `)
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    ask.close()
  }
}
