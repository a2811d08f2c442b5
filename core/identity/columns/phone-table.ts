import { sharedWords } from '#lib/shared-words'
import { readPhone } from '../normalise/phone.ts'
import { hashEnd, hashNext, hashStart } from './hash-text.ts'
import type { TextInBytes } from './name-scanner.ts'
import { type AsciiRun, createTextTable, type PackedTexts, type StoredTexts, TEXT_SEED, textsIn } from './text-table.ts'

/** The phone numbers of all records. */
export type ReadPhones = Readonly<{
  phones: StoredTexts
  /** Code of a phone number per record, 0 where it is missing or tells nobody from others. */
  phone: Uint32Array
}>

/** Reads phone numbers cell by cell. */
export type PhoneReader = Readonly<{ take(cells: PackedTexts): void; finish(): ReadPhones }>

/** Numbers of as many digits, none of them a zero at the start, are their last nine and need no other look. */
const [LEAST, MOST, COMPARED] = [7, 15, 9] as const
const [ZERO, NINE] = [48, 57] as const

/**
 * A reader of the phone numbers of one table: `readPhone` of each, by far the most without a text being made.
 *
 * @param size number of records
 *
 * Source: docs/methods/identity.md, "Columns".
 */
export function createPhoneReader(size: number): PhoneReader {
  const phones = createTextTable()
  const phone = sharedWords(size)
  const digits: AsciiRun = { bytes: new Uint8Array(COMPARED), from: 0, to: 0, hash: 0 }
  let record = 0
  return {
    take: cells => {
      const { bytes, starts } = cells
      const own = textsIn(cells)
      for (let i = 0; i + 1 < starts.length; i++) {
        const run = { bytes, from: starts[i] as number, to: starts[i + 1] as number } // one start more than there are cells
        if (run.to > run.from)
          phone[record] = layPlain(run, digits)
            ? phones.codeOfAscii(digits)
            : phones.codeOf(readPhone(own.text(i)) ?? '')
        record++
      }
    },
    finish: () => ({ phones: phones.finish(), phone }),
  }
}

/** Lays the digits that are compared of a number that is nothing but digits; false for all that has to be looked at in full. */
function layPlain({ bytes, from, to }: TextInBytes, digits: AsciiRun): boolean {
  const length = to - from
  if (length < LEAST || length > MOST || bytes[from] === ZERO) return false
  for (let at = from; at < to; at++) {
    const unit = bytes[at] as number // below its end
    if (unit < ZERO || unit > NINE) return false
  }
  const start = Math.max(from, to - COMPARED)
  let hash = hashStart(TEXT_SEED)
  for (let at = start; at < to; at++) {
    digits.bytes[at - start] = bytes[at] as number
    hash = hashNext(hash, bytes[at] as number)
  }
  digits.to = to - start
  digits.hash = hashEnd(hash)
  return !isEven({ bytes, from: start, to })
}

/** Is each digit as far from the one before as that from its own? So are numbers that nobody has. */
function isEven({ bytes, from, to }: TextInBytes): boolean {
  const stepAt = (at: number): number => (10 + (bytes[at] as number) - (bytes[at - 1] as number)) % 10
  for (let at = from + 2; at < to; at++) if (stepAt(at) !== stepAt(at - 1)) return false
  return true
}
