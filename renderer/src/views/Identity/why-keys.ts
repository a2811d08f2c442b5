import type { Client } from '#contract/contract'
import { answerWhy, stepWhy } from '../../state/why-answers.ts'
import { isTyping, stepAsked } from '../../ui/keys.ts'
import { perform } from '../notify.tsx'
import { useRoomKeys } from '../room-keys.ts'

/** Keys of the two records that are compared: the answers of the review, wherever the focus is but in a field. */
export function useWhyKeys(): void {
  useRoomKeys(act)
}

const ANSWERS = { a: 'same', x: 'different' } as const

function act(event: KeyboardEvent, client: Client): void {
  if (event.defaultPrevented || event.repeat || event.altKey || isTyping(event.target)) return
  if (document.querySelector('[role=dialog], [role=menu]') !== null) return
  const step = stepAsked(event)
  if (step !== null) {
    event.preventDefault()
    perform(stepWhy(client, step))
    return
  }
  if (event.ctrlKey || event.metaKey || (event.key !== 'a' && event.key !== 'x')) return
  event.preventDefault()
  perform(answerWhy(client, ANSWERS[event.key]))
}
