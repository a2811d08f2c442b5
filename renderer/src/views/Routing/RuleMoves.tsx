import { ActionIcon } from '@mantine/core'
import { ChevronDown, ChevronUp, GripVertical } from 'lucide-react'
import type { DragEvent, ReactNode } from 'react'
import type { Rule } from '#schema/policy'
import type { Platform } from '../../platform/platform.ts'
import { editPolicy } from '../../state/routing-draft.ts'
import { moveRule } from '../../state/routing-rules.ts'
import { setRoutingView, useRoutingView } from '../../state/routing-view.ts'
import { perform } from '../notify.tsx'

type GripProps = Readonly<{ rule: Rule; place: number }>

/** What a rule is dragged by. */
export function Grip({ rule: { id, title }, place }: GripProps): ReactNode {
  return (
    // keys and buttons do the same: the grip is for the pointer alone
    <span
      className="rules-table__grip"
      draggable
      aria-hidden
      title={`Drag ${title} to another place`}
      onDragStart={event => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', title)
        setRoutingView({ drag: { ruleId: id, from: place, over: -1 } })
      }}
      onDragEnd={() => setRoutingView({ drag: null })}
    >
      <GripVertical size={14} />
    </span>
  )
}

type Drop = Readonly<{ onDragOver: (event: DragEvent) => void; onDrop: (event: DragEvent) => void }>

/** A rule that is let go over a row takes its place. */
export function dropOf(client: Platform['client'], place: number): Drop {
  return {
    onDragOver: event => {
      const { drag } = useRoutingView.getState()
      if (drag === null) return
      event.preventDefault()
      if (drag.over !== place) setRoutingView({ drag: { ...drag, over: place } })
    },
    onDrop: event => {
      const { drag } = useRoutingView.getState()
      if (drag === null) return
      event.preventDefault()
      setRoutingView({ drag: null })
      perform(editPolicy(client, policy => moveRule(policy, drag.ruleId, place)))
    },
  }
}

type MoveProps = Readonly<{ label: string; isOff: boolean; onMove: () => void; icon: 'up' | 'down' }>

/** Moves a rule by one place. */
export function Move({ label, isOff, onMove, icon }: MoveProps): ReactNode {
  const Icon = icon === 'up' ? ChevronUp : ChevronDown
  return (
    <ActionIcon
      size={22}
      aria-label={label}
      disabled={isOff}
      onClick={event => {
        event.stopPropagation()
        onMove()
      }}
    >
      <Icon size={14} aria-hidden />
    </ActionIcon>
  )
}
