import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { keepNewest } from './keep-newest.ts'
import { pause, stillBusy } from './overview-to-come.ts'
import { forgetImpacts } from './review-impact.ts'
import { candidateAt, type Pair, pairId, useReviewQueue } from './review-queue.ts'

export type Card = Output<'review.card'>
export type Relation = Card['relations'][number]['relation']

type ReviewCard = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  pair: Pair | null
  card: Card | null
  /** What two workspaces will be said to be; null for other questions. */
  relation: Relation | null
  note: string
  isNoteOpen: boolean
}>

const EMPTY: ReviewCard = { status: 'idle', pair: null, card: null, relation: null, note: '', isNoteOpen: false }
const AHEAD = 4
/** How long a card that is at hand is shown before it is read anew: whoever goes through the list leaves the engine to the next ones. */
const STAYING_MS = 150
const MOST_KEPT = 60

export const useReviewCard = create<ReviewCard>()(() => EMPTY)
/** Cards read ahead or shown before, oldest first. */
const kept = new Map<string, Card>()
const onTheirWay = new Map<string, Promise<Card>>()
let latest = 0

type CardClient = Pick<Client, 'review.card'>

/** Shows a candidate at once where its card was read ahead, and reads it anew where it stays, because every answer may have changed it. */
export async function showCard(client: CardClient, pair: Pair): Promise<void> {
  const question = ++latest
  const id = pairId(pair)
  const ready = kept.get(id) ?? null
  const before = useReviewCard.getState()
  const isAnother = before.pair === null || pairId(before.pair) !== id
  if (isAnother) stillBusy()
  const aside = isAnother ? { note: '', isNoteOpen: false, relation: ready === null ? null : proposedOf(ready) } : {}
  const card = ready ?? (isAnother ? null : before.card)
  useReviewCard.setState({ ...aside, status: card === null ? 'loading' : 'ready', pair, card })
  try {
    if (ready !== null) await pause(STAYING_MS)
    if (question !== latest) return
    const fresh = await read(client, pair)
    if (question !== latest) return
    useReviewCard.setState(({ relation }) => ({
      status: 'ready',
      card: fresh,
      relation: relation ?? proposedOf(fresh),
    }))
  } catch (error) {
    if (question !== latest) return
    useReviewCard.setState({ status: 'failed', card: null })
    throw error
  }
}

/** Shows a candidate, and reads the cards after it: at once where its own is at hand, else after it. */
export async function showThenAhead(client: CardClient, pair: Pair): Promise<void> {
  if (kept.has(pairId(pair))) {
    await Promise.all([showCard(client, pair), readAhead(client)])
    return
  }
  await showCard(client, pair)
  await readAhead(client)
}

/** Reads the cards after the one that is shown, so that they are there when their turn comes. */
async function readAhead(client: CardClient): Promise<void> {
  const state = useReviewQueue.getState()
  for (let step = 1; step <= AHEAD && useReviewQueue.getState().active === state.active; step++) {
    const next = candidateAt(state, state.active + step)
    if (next !== null && !kept.has(pairId(next.pair))) await read(client, next.pair)
  }
}

async function read(client: CardClient, pair: Pair): Promise<Card> {
  const id = pairId(pair)
  const asked = onTheirWay.get(id) ?? client['review.card']({ pair })
  onTheirWay.set(id, asked)
  try {
    const card = await asked
    keepNewest(kept, id, card, MOST_KEPT)
    return card
  } finally {
    onTheirWay.delete(id)
  }
}

/** What `A` would say of two workspaces: what the engine proposes, where that joins them in some way; else a common account. */
export function proposedOf(card: Card): Relation | null {
  const joins = card.relations.filter(({ relation }) => relation !== 'unrelated')
  return (
    joins.find(({ isProposed }) => isProposed)?.relation ??
    joins.find(({ relation }) => relation === 'group')?.relation ??
    joins[0]?.relation ??
    null
  )
}

export function chooseRelation(relation: Relation): void {
  useReviewCard.setState({ relation })
}

export function setNote(note: string): void {
  useReviewCard.setState({ note })
}

export function openNote(isNoteOpen: boolean): void {
  useReviewCard.setState({ isNoteOpen })
}

/** No candidate is shown. */
export function closeCard(): void {
  latest += 1
  useReviewCard.setState(EMPTY)
}

/** Cards of an earlier state of the data are worth nothing. */
export function forgetCards(): void {
  kept.clear()
  onTheirWay.clear()
  forgetImpacts()
  closeCard()
}
