import type { Client } from '#contract/contract'
import { useIdentity } from '../../state/identity-overview.ts'
import { answerShown, putOffTie, redoAnswer, settleTie, undoAnswer } from '../../state/review-answers.ts'
import { chooseRelation, openNote, useReviewCard } from '../../state/review-card.ts'
import { isTieAlone, isTieShown, moveTo, nextTie, setPicked, useReviewQueue } from '../../state/review-queue.ts'
import { openRows } from '../../state/review-rows.ts'
import { isTyping, stepAsked } from '../../ui/keys.ts'
import { perform } from '../notify.tsx'
import { useRoomKeys } from '../room-keys.ts'

/** For the page of shortcuts. */
export const IDENTITY_KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['A', 'Same, its account, or the chosen relation'],
  ['X', 'Different, unrelated'],
  ['S', 'Later, also of which of several accounts is right'],
  ['Z or mod Z', 'Take the last answer back'],
  ['Shift Z or mod Shift Z', 'Take it up again'],
  ['1 to 9', 'How two workspaces belong together, or which of several accounts is right'],
  ['J K or ↑ ↓', 'Next and previous candidate, or question of several accounts'],
  ['N', 'Note'],
  ['E', 'Rows as they stand'],
  ['Space', 'Pick for one answer together'],
  ['Shift ↑ ↓', 'Pick several'],
  ['/', 'Search the candidates'],
  ['A X U', 'Same, different, unsure, under Quality'],
  ['← → or Page ↑ ↓', 'Move a threshold that has the focus'],
]

/** Keys of the review: one per answer, wherever the focus is but in a field. */
export function useReviewKeys(): void {
  useRoomKeys(act)
}

function act(event: KeyboardEvent, client: Client): void {
  if (event.defaultPrevented || isElsewhere(event) || event.altKey) return
  const step = stepAsked(event)
  if (step === null && (event.ctrlKey || event.metaKey)) return
  if (useIdentity.getState().tab !== 'review') return
  if (document.querySelector('[role=dialog], [role=menu], [role=listbox]') !== null) return
  if (event.repeat && event.key.length === 1 && !'jk'.includes(event.key)) return
  const own = (isTieAlone(useReviewQueue.getState()) ? TIE_ACTS[event.key] : undefined) ?? ACTS[event.key]
  const work =
    (step === null ? own : STEPS[step]) ?? (/^[1-9]$/.test(event.key) ? choiceAt(Number(event.key)) : undefined)
  if (work === undefined) return
  event.preventDefault()
  work(client)
}

/** A field takes letters; a choice or a part that scrolls takes only arrows and the blank. */
function isElsewhere({ key, target }: KeyboardEvent): boolean {
  const isChoice = target instanceof HTMLInputElement && ['radio', 'checkbox'].includes(target.type)
  if (isTyping(target) && !isChoice) return true
  return key.startsWith('Arrow') && target instanceof HTMLElement && target.closest('.identity') !== null
}

const STEPS: Readonly<Record<'undo' | 'redo', (client: Client) => void>> = {
  undo: client => perform(undoAnswer(client)),
  redo: client => perform(redoAnswer(client)),
}

const ACTS: Readonly<Record<string, (client: Client) => void>> = {
  a: client => {
    if (useReviewCard.getState().pair?.b !== '') perform(answerShown(client, 'same'))
  },
  x: client => {
    if (useReviewCard.getState().pair?.b !== '') perform(answerShown(client, 'different'))
  },
  s: client => perform(answerShown(client, 'skip')),
  j: () => moveTo(useReviewQueue.getState().active + 1),
  k: () => moveTo(Math.max(0, useReviewQueue.getState().active - 1)),
  ArrowDown: () => moveTo(useReviewQueue.getState().active + 1),
  ArrowUp: () => moveTo(Math.max(0, useReviewQueue.getState().active - 1)),
  n: () => openNote(true),
  e: client => perform(openRows(client)),
  Escape: () => setPicked([]),
}

/** Where nothing is asked about but which of several accounts is right. */
const TIE_ACTS: Readonly<Record<string, (client: Client) => void>> = {
  s: client => perform(putOffTie(client)),
  j: client => perform(nextTie(client)),
  k: client => perform(nextTie(client, -1)),
  ArrowDown: client => perform(nextTie(client)),
  ArrowUp: client => perform(nextTie(client, -1)),
}

/** Of several accounts that fit the one at a place; else how two workspaces belong together. */
function choiceAt(place: number): (client: Client) => void {
  return client => {
    const queue = useReviewQueue.getState()
    if (isTieShown(queue)) {
      const account = queue.ties.shown?.accounts[place - 1]
      if (account !== undefined) perform(settleTie(client, account.key))
      return
    }
    const joins = useReviewCard.getState().card?.relations.filter(({ relation }) => relation !== 'unrelated')
    const chosen = joins?.[place - 1]?.relation
    if (chosen !== undefined) chooseRelation(chosen)
  }
}
