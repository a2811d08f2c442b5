type Parts = readonly [before: string, between: string, after: string]
type Field = Readonly<{ left: string | null; right: string | null; state: string }>

/** What two values share at their ends, and what differs between; null for no value. Equal values have nothing between. */
export function differingParts({ left, right, state }: Field): readonly [left: Parts | null, right: Parts | null] {
  if (left === null || right === null || state === 'same')
    return [left === null ? null : [left, '', ''], right === null ? null : [right, '', '']]
  const a = [...left]
  const b = [...right]
  const shorter = Math.min(a.length, b.length)
  let start = 0
  while (start < shorter && a[start] === b[start]) start++
  let end = 0
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const shared = start + end
  // next to nothing in common: a mark on the whole would say no more than the sign beside it
  if (shared * 2 < Math.max(a.length, b.length)) {
    return [
      [left, '', ''],
      [right, '', ''],
    ]
  }
  return [cut(a, start, end), cut(b, start, end)]
}

function cut(text: readonly string[], start: number, end: number): Parts {
  const last = text.length - end
  return [text.slice(0, start).join(''), text.slice(start, last).join(''), text.slice(last).join('')]
}
