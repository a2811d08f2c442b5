import type { AddressScanner } from './address-scanner.ts'
import { type CodeLists, createCodeLists } from './list.ts'
import type { AsciiRun } from './text-table.ts'

/** Addresses that wait for their codes together. */
const ADDRESSES_AHEAD = 32

/** A host at which every clean address is a mailbox that may identify a person; codes of it and of its corporate domain. */
export type CleanHost = Readonly<{ isDotless: boolean; host: number; domain: number }>

/** Collects the addresses of record after record. */
export type AddressLists = Readonly<{
  /** Adds to the list of the record at hand. */
  add(text: string): void
  /** Ends the list of the record at hand. */
  next(): void
  /** Codes of the addresses of each record. */
  finish(): CodeLists
}>

/** How addresses get their codes. */
type AddressCodes = Readonly<{
  /** Makes one for each address that may wait, as it is needed. */
  scanner(): AddressScanner
  /** Null where a host says more of an address than where it goes. */
  cleanHost(host: AsciiRun): CleanHost | null
  /** Reads what will be asked for a clean address. What it gives says nothing. */
  touch(scanner: AddressScanner, mailbox: AsciiRun): number
  /** The code of a clean address. */
  ofClean(scanner: AddressScanner, mailbox: AsciiRun, host: CleanHost): number
  /** The code of any other. */
  ofOther(text: string): number
}>

/**
 * Empty lists. Tables of very many addresses lie far apart in memory: the places of some addresses are read together, so that all are
 * waited for at one time, and then the addresses get their codes in their order.
 *
 * @param codes how addresses get them
 *
 * Source: docs/methods/identity.md, "Columns".
 */
export function createAddressLists({
  scanner: another,
  cleanHost,
  touch,
  ofClean,
  ofOther,
}: AddressCodes): AddressLists {
  const lists = createCodeLists()
  /** Of those that wait: what each was scanned by, their mailboxes, their hosts, and the number of records that ended before each, and after the last. */
  const scanners: AddressScanner[] = []
  const mailboxes: AsciiRun[] = []
  const hosts: CleanHost[] = []
  const ended = new Uint32Array(ADDRESSES_AHEAD + 1)
  let waiting = 0
  /** What was touched: were it not kept, it need not be read. */
  const seen = new Uint32Array(1)
  const endRecords = (at: number): void => {
    for (let left = ended[at] as number; left > 0; left--) lists.next() // one entry more than can wait
    ended[at] = 0
  }
  // Each that waits has its scanner, mailbox and host.
  const giveCodes = (): void => {
    let all = 0
    for (let i = 0; i < waiting; i++) all ^= touch(scanners[i] as AddressScanner, mailboxes[i] as AsciiRun)
    seen[0] = all
    for (let i = 0; i < waiting; i++) {
      endRecords(i)
      lists.add(ofClean(scanners[i] as AddressScanner, mailboxes[i] as AsciiRun, hosts[i] as CleanHost))
    }
    endRecords(waiting)
    waiting = 0
  }
  return {
    add: text => {
      if (waiting === scanners.length) scanners.push(another())
      const scanner = scanners[waiting] as AddressScanner
      const host = scanner.isClean(text) ? cleanHost(scanner.host) : null
      if (host === null) {
        giveCodes()
        lists.add(ofOther(text))
        return
      }
      mailboxes[waiting] = mailboxOf(scanner, host)
      hosts[waiting] = host
      waiting++
      if (waiting === ADDRESSES_AHEAD) giveCodes()
    },
    next: () => {
      ended[waiting] = (ended[waiting] as number) + 1
    },
    finish: () => {
      giveCodes()
      return lists.finish()
    },
  }
}

/**
 * What a host takes for the mailbox of the clean address that was scanned last.
 *
 * @param scanner it was scanned by
 * @param host what is known of its host
 *
 * Source: docs/methods/identity.md, "Columns".
 */
export function mailboxOf(scanner: AddressScanner, { isDotless }: CleanHost): AsciiRun {
  return isDotless ? scanner.dotless() : scanner.whole
}
