/** Below it, memory that threads share costs more to get than it saves. */
const LEAST_SHARED = 1 << 14

/**
 * 32-bit words that another thread can read where they are, so that they need not be copied for it.
 *
 * @param length how many; few are ordinary memory
 * @returns zeros
 */
export function sharedWords(length: number): Uint32Array {
  return length < LEAST_SHARED ? new Uint32Array(length) : new Uint32Array(new SharedArrayBuffer(4 * length))
}

/**
 * A copy of bytes that another thread can read where it is.
 *
 * @param bytes few are copied into ordinary memory
 */
export function sharedBytes(bytes: Uint8Array): Uint8Array {
  const copy =
    bytes.length < LEAST_SHARED ? new Uint8Array(bytes.length) : new Uint8Array(new SharedArrayBuffer(bytes.length))
  copy.set(bytes)
  return copy
}
