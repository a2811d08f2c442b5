/** The name of the modifier that `mod` stands for on this system. */
export function modKey(): string {
  return /mac/i.test(navigator.platform) ? '⌘' : 'Ctrl'
}

/** Whether the keys typed now belong to a field. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

type Pressed = Readonly<Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey'>>

/** What a Z asks for, alone or with the modifier: to undo, or with Shift to redo. */
export function stepAsked({ key, shiftKey, altKey }: Pressed): 'undo' | 'redo' | null {
  if (altKey || key.toLowerCase() !== 'z') return null
  return shiftKey || key === 'Z' ? 'redo' : 'undo'
}
