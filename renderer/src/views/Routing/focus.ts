/** Gives the focus back to the table of rules: to the one that is open, else to the first. */
export function focusRules(): void {
  const open = document.querySelector<HTMLElement>('.rules-table .is-selected .data-table__choose')
  const first = document.querySelector<HTMLElement>('.rules-table .data-table__choose')
  const target = open ?? first
  target?.focus()
}
