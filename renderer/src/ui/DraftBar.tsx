import { Button } from '@mantine/core'
import { Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'

type Props = Readonly<{
  /** What is edited and not in force; null where nothing is. */
  status: string | null
  canUndo: boolean
  onUndo: () => void
  onDiscard: () => void
  /** What brings the draft into force. */
  children: ReactNode
  /** Words of both ways back, where others of their kind are on the same screen. */
  undo?: string
  discard?: string
  isCompact?: boolean
}>

/** What can be done with a draft: a step back, the way back to what is in force, and what applies it. */
export function DraftBar({ status, canUndo, undo = 'Undo', discard = 'Discard', ...props }: Props): ReactNode {
  const size = props.isCompact === true ? { size: 'compact-sm' as const } : {}
  if (status === null && !canUndo) return null
  return (
    <>
      {status !== null && (
        <span className="draft-status" role="status">
          {status}
        </span>
      )}
      <Button
        {...size}
        variant="subtle"
        color="gray"
        disabled={!canUndo}
        leftSection={<Undo2 size={14} aria-hidden />}
        onClick={props.onUndo}
      >
        {undo}
      </Button>
      {status !== null && (
        <>
          <Button {...size} variant="default" onClick={props.onDiscard}>
            {discard}
          </Button>
          {props.children}
        </>
      )}
    </>
  )
}
