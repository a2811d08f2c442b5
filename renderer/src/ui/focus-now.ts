/**
 * A ref that gives its element the focus as it appears, before the next key: a focus trap does so a moment later, and
 * keys pressed in between would go to what lies behind. Not for dialogs, which remember what had the focus before.
 */
export const focusNow = (element: HTMLElement | null): void => element?.focus({ preventScroll: true })
