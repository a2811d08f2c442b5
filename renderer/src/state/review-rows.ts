import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { useReviewCard } from './review-card.ts'
import { type Candidate, isTieShown, useReviewQueue } from './review-queue.ts'

type Sides = readonly [Candidate['left'], Candidate['right']]
type Row = Output<'project.record'>
type Rows = Readonly<{
  status: 'closed' | 'loading' | 'ready'
  /** What they are asked for; another question ends the one before. */
  sides: Sides | null
  left: Row
  right: Row
}>

const CLOSED: Rows = { status: 'closed', sides: null, left: null, right: null }

/** The rows of the candidate or the tie that is shown, as they stand. */
export const useReviewRows = create<Rows>()(() => CLOSED)

type RowsClient = Pick<Client, 'project.record'>

/** The rows of the candidate that is shown; where there is none, those of the two accounts of the tie. */
export async function openRows(client: RowsClient): Promise<void> {
  const candidate = useReviewCard.getState().card?.candidate
  if (candidate !== undefined) await openSides(client, [candidate.left, candidate.right])
  else await openTieRows(client)
}

/** The rows of the accounts of the tie, where these are two. */
export async function openTieRows(client: RowsClient): Promise<void> {
  const queue = useReviewQueue.getState()
  const [left, right, ...more] = queue.ties.shown?.accounts ?? []
  if (!isTieShown(queue) || left === undefined || right === undefined || more.length > 0) return
  await openSides(client, [left, right])
}

async function openSides(client: RowsClient, sides: Sides): Promise<void> {
  useReviewRows.setState({ ...CLOSED, status: 'loading', sides })
  try {
    const [left, right] = await Promise.all(sides.map(side => rowOf(client, side)))
    if (useReviewRows.getState().sides === sides)
      useReviewRows.setState({ status: 'ready', left: left ?? null, right: right ?? null })
  } catch (error) {
    closeRows()
    throw error
  }
}

const TABLES = { user: 'users', workspace: 'workspaces', account: 'accounts' } as const

async function rowOf(client: Pick<Client, 'project.record'>, side: Candidate['right']): Promise<Row> {
  return side === null ? null : await client['project.record']({ table: TABLES[side.object], key: [side.key] })
}

/** What was shown stays while the dialog goes. */
export function closeRows(): void {
  useReviewRows.setState({ status: 'closed' })
}

export function forgetRows(): void {
  useReviewRows.setState(CLOSED)
}
