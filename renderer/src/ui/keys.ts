/** The name of the modifier that `mod` stands for on this system. */
export function modKey(): string {
  return /mac/i.test(navigator.platform) ? '⌘' : 'Ctrl'
}

/** Whether the keys typed now belong to a field. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
