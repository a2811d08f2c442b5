import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { isAgreedTo } from '../../cli/agreement.ts'

async function answered(text: string | null): Promise<Readonly<{ isAgreed: boolean; asked: string }>> {
  const input = new PassThrough()
  const output = new PassThrough()
  const agreed = isAgreedTo('Write these files to ./out?', { input, output })
  if (text === null) input.end()
  else input.write(text)
  const isAgreed = await agreed
  return { isAgreed, asked: String(output.read() ?? '') }
}

test.each([
  { why: 'y is yes', text: 'y\n', isAgreed: true },
  { why: 'yes is yes, in any letters and with blanks', text: ' YES \n', isAgreed: true },
  { why: 'no is no', text: 'n\n', isAgreed: false },
  { why: 'nothing is no, as the capital letter says', text: '\n', isAgreed: false },
  { why: 'a word that only begins like yes is no', text: 'yesterday\n', isAgreed: false },
  { why: 'a terminal that closes is no', text: null, isAgreed: false },
])('$why', async ({ text, isAgreed }) => {
  const answer = await answered(text)
  expect(answer.isAgreed).toBe(isAgreed)
  expect(answer.asked).toContain('Write these files to ./out? [y/N] ')
})
