/** A run of bytes with a view over the same memory: what hot readers look into. */
export type ByteSource = Readonly<{ bytes: Uint8Array; view: DataView }>

/** A source over the memory of `bytes`. */
export function byteSource(bytes: Uint8Array): ByteSource {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) }
}
