import type { Client } from '#contract/contract'
import { askWhy, useWhy } from './identity-why.ts'
import { type AnswerClient, answerPair, redoAnswer, undoAnswer } from './review-answers.ts'

type WhyClient = AnswerClient & Pick<Client, 'identity.why' | 'identity.find'>

/** Answers the two that are shown, and asks again why they are one, or are not. */
export async function answerWhy(client: WhyClient, answer: 'same' | 'different'): Promise<void> {
  const { why } = useWhy.getState()
  if (why === null || why.pair.a === why.pair.b) return
  const { pair } = why
  await answerPair(client, { pair, answer }, `${pair.a} and ${pair.b}`)
  await askAgain(client)
}

/** Takes the last answer back, or up again; the two that are shown are asked about again. */
export async function stepWhy(client: WhyClient, step: 'undo' | 'redo'): Promise<void> {
  await (step === 'undo' ? undoAnswer(client) : redoAnswer(client))
  await askAgain(client)
}

async function askAgain(client: WhyClient): Promise<void> {
  if (useWhy.getState().why !== null) await askWhy(client)
}
