/** Back to the candidates, where every key of the review works; to the screen where none is left. */
export function focusList(): void {
  const list = document.querySelector<HTMLElement>('.pair-list [role=grid]') ?? document.getElementById('main')
  list?.focus()
}
