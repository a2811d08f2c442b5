const AGAIN = 'Copy or export it again'

/** What to say where other bytes than zeros stand behind the end of a .gz archive. */
export const BYTES_BEHIND = `behind the end of the archive stand bytes that are no .gz archive. ${AGAIN}, or unpack it and add the file itself`

/**
 * Why a file that begins as a .gz archive does not unpack, and what to do.
 *
 * @param cause an error of zlib
 */
export function gzipFault(cause: unknown): string {
  const { code = '', message = '' } = cause as Readonly<{ code?: string; message?: string }> // zlib throws these
  if (code === 'Z_BUF_ERROR')
    return `the archive is cut off: the file ends within its content, or with one byte behind it. ${AGAIN}`
  // The first header was seen already: what cannot be one stands behind the end of an archive.
  if (message === 'incorrect header check') return BYTES_BEHIND
  if (message === 'incorrect data check' || message === 'incorrect length check')
    return `its checksum does not fit its content: its bytes are damaged. ${AGAIN}`
  return `it looks like a .gz archive but does not unpack (${message}): its bytes are damaged. ${AGAIN}`
}
