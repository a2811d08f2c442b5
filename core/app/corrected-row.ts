/** A row of a corrected file: its cells by header, and its line there. */
export type CorrectedRow = Readonly<{ cells: ReadonlyMap<string, string>; line: number }>

/** Blanks around a cell mean nothing, and spreadsheets write line breaks in their own way. */
export function isSameText(a: string | undefined, b: string): boolean {
  const plain = (text: string): string => text.replaceAll('\r\n', '\n').trim()
  return plain(a ?? '') === plain(b)
}
