import { useEffect } from 'react'

/** Where what had the focus is gone with the part that was shown, the room has it. @param part another one for each part */
export function useFocusKept(part: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another part has taken the place of the one before
  useEffect(() => {
    if (document.activeElement === document.body) document.getElementById('main')?.focus({ preventScroll: true })
  }, [part])
}
