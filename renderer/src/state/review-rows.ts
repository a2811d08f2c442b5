import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { useReviewCard } from './review-card.ts'
import type { Candidate } from './review-queue.ts'

type Row = Output<'project.record'>
type Rows = Readonly<{
  status: 'closed' | 'loading' | 'ready'
  candidate: Candidate | null
  left: Row
  right: Row
}>

const CLOSED: Rows = { status: 'closed', candidate: null, left: null, right: null }

/** The rows of the candidate that is shown, as they were read. */
export const useReviewRows = create<Rows>()(() => CLOSED)

export async function openRows(client: Pick<Client, 'project.record'>): Promise<void> {
  const candidate = useReviewCard.getState().card?.candidate ?? null
  if (candidate === null) return
  useReviewRows.setState({ ...CLOSED, status: 'loading', candidate })
  try {
    const [left, right] = await Promise.all([rowOf(client, candidate.left), rowOf(client, candidate.right)])
    if (useReviewRows.getState().candidate === candidate) useReviewRows.setState({ status: 'ready', left, right })
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
