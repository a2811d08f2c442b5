import { Modal } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'

type Props = Readonly<{
  title: string
  size: number
  onClose: () => void
  className?: string
  children: ReactNode
}>

/** A dialog that is there while it is rendered; when it goes, what opened it has the focus again. */
export function Dialog({ children, ...rest }: Props): ReactNode {
  useFocusBack()
  return (
    <Modal opened closeButtonProps={{ 'aria-label': 'Close' }} {...rest}>
      {children}
    </Modal>
  )
}

function useFocusBack(): void {
  const [opener] = useState(() => openerOf(document.activeElement))
  useEffect(
    () => () => {
      // after the trap of the dialog has let go
      setTimeout(() => (canHaveFocus(opener) ? opener : document.getElementById('main'))?.focus())
    },
    [opener],
  )
}

/** An item of a menu goes with its menu: the button of the menu stands for it. */
function openerOf(element: Element | null): HTMLElement | null {
  const menu = element?.closest('[role=menu]')?.getAttribute('aria-labelledby')
  const opener = menu === undefined || menu === null ? element : document.getElementById(menu)
  return opener instanceof HTMLElement ? opener : null
}

function canHaveFocus(element: HTMLElement | null): element is HTMLElement {
  return element !== null && element !== document.body && element.isConnected && !element.matches(':disabled')
}
