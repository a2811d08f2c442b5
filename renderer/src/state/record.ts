import { create } from 'zustand'
import type { Client, Input, Output } from '#contract/contract'

type RecordShown = Readonly<{
  status: 'closed' | 'loading' | 'ready' | 'failed'
  table: Input<'project.record'>['table'] | null
  key: string
  record: Output<'project.record'>
}>

const CLOSED: RecordShown = { status: 'closed', table: null, key: '', record: null }

/** One source row, as it was read. */
export const useRecord = create<RecordShown>()(() => CLOSED)

export async function openRecord(
  client: Pick<Client, 'project.record'>,
  table: Input<'project.record'>['table'],
  given: string | readonly string[],
): Promise<void> {
  const parts = typeof given === 'string' ? [given] : [...given]
  const key = parts.join(' / ')
  useRecord.setState({ status: 'loading', table, key, record: null })
  try {
    const record = await client['project.record']({ table, key: parts })
    if (useRecord.getState().key === key) useRecord.setState({ status: 'ready', record })
  } catch (error) {
    useRecord.setState({ ...CLOSED, status: 'failed' })
    throw error
  }
}

export function closeRecord(): void {
  useRecord.setState(CLOSED)
}
