import { Popover } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import { endPick } from './board-acts.ts'

type Props = Readonly<{
  label: string
  isOpen: boolean
  /** What it hangs on: one element that takes a ref. */
  children: ReactElement
  list: () => ReactNode
  width?: number
}>

/** Hangs the choice of a row on its cell while it is open. */
export function RowPicker({ label, isOpen, children, list, width = 340 }: Props): ReactNode {
  return (
    <Popover
      opened={isOpen}
      onChange={isShown => {
        if (!isShown) endPick()
      }}
      position="bottom-start"
      width={width}
      trapFocus
      withRoles={false}
      closeOnEscape={false}
      hideDetached={false}
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>{children}</Popover.Target>
      {isOpen && (
        <Popover.Dropdown p={0} role="dialog" aria-label={label}>
          {list()}
        </Popover.Dropdown>
      )}
    </Popover>
  )
}
