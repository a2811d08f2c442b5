import type { ReactNode } from 'react'
import { openRecord } from '../state/record.ts'
import { perform } from './notify.tsx'
import { useServices } from './services.tsx'

type Props = Readonly<{ table: 'users' | 'workspaces'; id: string; children?: ReactNode }>

/** An id, or a name for it, that leads to the row it was read from. */
export function RecordLink({ table, id, children }: Props): ReactNode {
  const { client } = useServices()
  return (
    <button
      type="button"
      className="plain record-link"
      title={`Show the row of ${id}`}
      onClick={() => perform(openRecord(client, table, id))}
    >
      {children ?? <code>{id}</code>}
    </button>
  )
}
