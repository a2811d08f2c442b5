import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl'

/** One file in a .zip archive. */
export type ZipEntry = Readonly<{
  /** Its path in the archive, made harmless: nothing is ever written under it. */
  name: string
  /** What the archive says of it: looked up once, since reading the list again for each file of a large archive takes long. */
  header: Entry
  /** Packed, and unpacked as the archive says; no more than that is ever unpacked. */
  packedBytes: number
  bytes: number
  /** Why it is not read; null where it is. */
  problem: string | null
}>

/** More files than anybody exports; a list of millions would only take memory. */
const MOST_ENTRIES = 10_000
/** What a file may grow by when it is unpacked: exports pack 5 to 50 times. */
export const MOST_RATIO = 250
/** Below this nobody is harmed whatever the ratio. */
export const RATIO_FREE_BYTES = 256 * 1024 * 1024

const ARCHIVE = /\.(?:zip|7z|rar|tar|tgz|tar\.gz|bz2|xz|zst)$/i
/** What file systems and programs leave in archives beside the files. */
const LITTER = /(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i
const WORKBOOK = '[Content_Types].xml'

/**
 * The files in an archive, in its order, without folders and litter.
 *
 * @returns `workbook` where the archive is the inside of one
 * @throws Error where the archive is damaged; its message says how
 */
export async function listZip(path: string): Promise<readonly ZipEntry[] | 'workbook'> {
  return await withZip(path, async zip => {
    if (zip.entryCount > MOST_ENTRIES) throw new Error(`it holds ${zip.entryCount} files, more than ${MOST_ENTRIES}`)
    const entries: ZipEntry[] = []
    for await (const entry of zip.eachEntry()) {
      const given = nameOf(entry)
      if (given === WORKBOOK) return 'workbook'
      if (!/[\\/]$/.test(given) && !LITTER.test(harmless(given))) entries.push(zipEntry(entry, given))
    }
    return apart(entries)
  })
}

/** An archive may hold one name twice: `data.csv`, `data (2).csv`. What was harmless stays so. */
function apart(entries: readonly ZipEntry[]): readonly ZipEntry[] {
  const seen = new Set<string>()
  return entries.map(entry => {
    let { name } = entry
    for (let no = 2; seen.has(name); no++) name = entry.name.replace(/(?=(?:\.[^./]*)*$)/, ` (${no})`)
    seen.add(name)
    return { ...entry, name }
  })
}

function zipEntry(entry: Entry, given: string): ZipEntry {
  return {
    name: harmless(given),
    header: entry,
    packedBytes: entry.compressedSize,
    bytes: entry.uncompressedSize,
    problem: problemOf(entry, given),
  }
}

function problemOf(entry: Entry, name: string): string | null {
  if (entry.isEncrypted()) return 'it is encrypted; pack it again without a password'
  if (ARCHIVE.test(name)) return 'it is an archive inside an archive; unpack it and add the files in it'
  if (!entry.canDecodeFileData()) return 'it is packed by a method that is not known; pack it again as a plain .zip'
  const most = Math.max(RATIO_FREE_BYTES, MOST_RATIO * entry.compressedSize)
  if (entry.uncompressedSize <= most) return null
  return `it would grow more than ${MOST_RATIO} times when unpacked; unpack it and add the file itself`
}

function nameOf(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false)
}

/** The path without anything that could lead out of a folder or hide what it is. */
function harmless(path: string): string {
  const parts = path
    .replaceAll('\\', '/')
    .replace(/\p{Cc}/gu, '')
    .replace(/^[a-z]:/i, '')
    .split('/')
  const kept = parts.filter(part => part !== '' && part !== '.' && part !== '..')
  return kept.join('/') || 'unnamed'
}

/** The unpacked bytes of an entry, checked against its size and its checksum. Errors come out of the stream. */
export function openZipEntry(path: string, { header }: ZipEntry): Readable {
  return Readable.from(entryChunks(path, header), { objectMode: false })
}

async function* entryChunks(path: string, entry: Entry): AsyncGenerator<Uint8Array> {
  const zip = await openPromise(path, OPTIONS)
  try {
    let checksum = 0
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      const bytes = chunk as Uint8Array // a stream of bytes
      checksum = crc32(bytes, checksum)
      yield bytes
    }
    if (checksum !== entry.crc32) throw new Error('its checksum is wrong')
  } finally {
    zip.close()
  }
}

const OPTIONS = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true } as const

async function withZip<T>(path: string, use: (zip: ZipFile) => Promise<T>): Promise<T> {
  const zip = await openPromise(path, OPTIONS)
  try {
    return await use(zip)
  } finally {
    zip.close()
  }
}
