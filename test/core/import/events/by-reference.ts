import type { FilePlan, ImportNote, ReadResult } from '#schema/import'

/**
 * The plan by which the reference reads all records, to the same rows: a header that was looked for is only known to it.
 * Of JSON there is no header.
 */
export function byReference(plan: FilePlan): FilePlan {
  return { ...plan, headerLine: plan.hasSepLine ? 2 : 1 }
}

/** What came of it without what is said of that header. */
export function withoutHeaderLine(result: ReadResult): ReadResult {
  const { headerLine: _headerLine, ...plan } = result.plan
  if (result.status !== 'done') return { ...result, plan }
  const isOther = ({ code }: ImportNote): boolean => code !== 'note/above-header'
  const notes = result.notes.filter(isOther)
  return { ...result, plan, notes, warnings: notes.map(({ message }) => message) }
}

/** A text in UTF-16 with its byte order mark. */
export function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(2 * text.length + 2)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, 0xfeff, true)
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i + 2, text.charCodeAt(i), true)
  return bytes
}
