import type { Columns } from '#contract/channel'
import type { ColumnKind, TypedColumn } from '#contract/method'

/** Where the host is (empty: where the page came from), and what reaches it. */
export type HttpOptions = Readonly<{ origin: string; fetch: typeof fetch }>

type Layout = readonly Readonly<{ name: string; kind: ColumnKind; length: number }>[]

const MAKERS: Readonly<Record<ColumnKind, (buffer: ArrayBuffer, at: number, length: number) => TypedColumn>> = {
  Float64Array: (buffer, at, length) => new Float64Array(buffer, at, length),
  Int32Array: (buffer, at, length) => new Int32Array(buffer, at, length),
  Uint32Array: (buffer, at, length) => new Uint32Array(buffer, at, length),
  Uint8Array: (buffer, at, length) => new Uint8Array(buffer, at, length),
}

/**
 * Puts the columns back beside the value of a message that names a body.
 *
 * @param message the message as it came: `body` is the id of the bytes, `columns` the layout: name, kind and length of
 *   each column, which begin at the next multiple of 8 bytes, little-endian
 * @throws Error where the body is gone or shorter than the layout says
 */
export async function fetchColumns(options: HttpOptions, message: Readonly<{ body: string }>): Promise<unknown> {
  const { body, columns: layout, ...rest } = message as Readonly<{ body: string; columns?: unknown }>
  const response = await options.fetch(`${options.origin}/columns/${encodeURIComponent(body)}`)
  if (!response.ok) throw new Error(`columns refused: HTTP ${response.status}`)
  return { ...rest, columns: cut(await response.arrayBuffer(), layout as Layout) }
}

function cut(buffer: ArrayBuffer, layout: Layout): Columns {
  let at = 0
  const columns: Record<string, TypedColumn> = {}
  for (const { name, kind, length } of layout) {
    const column = MAKERS[kind](buffer, at, length)
    columns[name] = column
    at += Math.ceil(column.byteLength / 8) * 8
  }
  return columns
}
