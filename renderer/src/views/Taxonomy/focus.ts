import { useEffect, useState } from 'react'

/** Gives the focus back to the list that is shown. */
export function focusList(): void {
  const row = document.querySelector<HTMLElement>('.kinds .is-selected button')
  const grid = document.querySelector<HTMLElement>('.taxonomy__part [role=grid]')
  const target = row ?? grid
  target?.focus()
}

/** When a dialog goes, the focus is where it was before it came; on the list where that is gone. */
export function useReturnFocus(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      // after the trap of the dialog has let go
      setTimeout(() => {
        if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus()
        else focusList()
      })
    },
    [before],
  )
}
