/**
 * Why the list of files at the end of a .zip archive cannot be read, and what to do.
 *
 * @param message what the reader of archives says
 */
export function zipFault(message: string): string {
  if (/^End of central directory record signature not found/i.test(message))
    return `the .zip archive is cut off: the list of its files, which stands at its end, is missing. ${AGAIN}`
  if (/^Invalid comment length/i.test(message))
    return `behind the end of the .zip archive stand other bytes. ${AGAIN}, or unpack it and add the files in it`
  return `the .zip archive is damaged: ${message}. ${AGAIN}`
}

const AGAIN = 'Copy or export it again'

/** The last bytes of an archive that has no comment: what its list of files is, and where. */
export const ZIP_END_BYTES = 22

/**
 * How many bytes stand before a .zip archive at the end of a file (a program that unpacks itself, a header of a download).
 *
 * @param end the last bytes of the file
 * @param size bytes of the file
 * @returns null where it does not end as an archive does; 0 where the archive is the file
 */
export function bytesBeforeZip(end: Uint8Array, size: number): number | null {
  if (end.length < ZIP_END_BYTES) return null
  const view = new DataView(end.buffer, end.byteOffset + end.length - ZIP_END_BYTES, ZIP_END_BYTES)
  if (view.getUint32(0) !== 0x504b0506 || view.getUint16(20, true) !== 0) return null
  const before = size - ZIP_END_BYTES - view.getUint32(12, true) - view.getUint32(16, true)
  return before < 0 ? null : before
}
