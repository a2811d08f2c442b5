type Decoder = Readonly<{ decode(bytes: Uint8Array): string }>
type DecoderMaker = new (label: string, options: Readonly<{ fatal: boolean; ignoreBOM: boolean }>) => Decoder

// Every host of this room (Node, Chromium, their workers) has the class; the ES library alone does not declare it.
const { TextDecoder: makeDecoder } = globalThis as unknown as { TextDecoder: DecoderMaker }
const strict = new makeDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lenient = new makeDecoder('utf-8', { fatal: false, ignoreBOM: true })

/** Text of UTF-8 bytes, null where they are not valid. A byte order mark is kept as the character U+FEFF. */
export function strictText(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes)
  } catch {
    return null
  }
}

/** Text of bytes that may not be valid UTF-8: what cannot be read becomes U+FFFD. */
export function lenientText(bytes: Uint8Array): string {
  return lenient.decode(bytes)
}
