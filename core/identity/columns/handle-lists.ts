import { createBitFilter } from './bit-filter.ts'
import type { EmailTable } from './email-table.ts'
import { hashText } from './hash-text.ts'
import { type CodeLists, createCodeLists } from './list.ts'
import { SPELLED } from './name-spellings.ts'
import { NAME_KIND, type NameTable } from './name-table.ts'
import { createWordTable, type WordTable } from './word-table.ts'

/** What handles are read from. */
export type HandleGround = Readonly<{
  size: number
  nameTable: NameTable
  name: Uint32Array
  /** As `createSpellings` collects them of the names. */
  spellings: CodeLists
  emailTable: EmailTable
  /** The code of a handle that was met, 0 for others. */
  findHandle(text: string): number
  email: CodeLists
  /** By name: a single word given as one, as a handle. */
  bareHandle: Uint32Array
  /** What else the addresses of records without a full name say of whose they are, as handles. */
  further: CodeLists
  /** By name, 1: one word in the way of names, `Zoltan`, and not of handles. */
  isWrittenAsName: Uint8Array
}>

/**
 * Handles of each record: its own, and those of anybody that its full name would spell.
 *
 * @param ground records
 *
 * Source: docs/methods/identity.md, "Email addresses".
 */
export function handleLists(ground: HandleGround): Readonly<{ handle: CodeLists; spelled: CodeLists }> {
  const handle = ownHandles(ground)
  // Own handles first, since only what somebody owns is worth spelling.
  return { handle, spelled: spelledHandles(ground, handle) }
}

function ownHandles(ground: HandleGround): CodeLists {
  const { size, nameTable, name, emailTable, email, bareHandle, further } = ground
  const own = createCodeLists()
  const isGivenName = givenNameHandles(ground)
  const add = (handle: number): void => {
    if (isGivenName[handle] === 0) own.add(handle)
  }
  for (let i = 0; i < size; i++) {
    // Codes lie within their tables; offsets have one entry more than there are records.
    for (let at = email.offsets[i] as number; at < (email.offsets[i + 1] as number); at++) {
      add(emailTable.handle[email.codes[at] as number] as number)
    }
    if (nameTable.kind[name[i] as number] === NAME_KIND.bare) add(bareHandle[name[i] as number] as number)
    for (let at = further.offsets[i] as number; at < (further.offsets[i + 1] as number); at++)
      add(further.codes[at] as number)
    own.next()
  }
  return own.finish()
}

/**
 * 1 for handles that are nothing but a given name: `martin@` is anybody. Two people must have it; records of one full name are
 * one person. A single word is counted where it is written as a name, and no account of a code host goes by it.
 */
function givenNameHandles({
  size,
  nameTable,
  name,
  emailTable,
  findHandle,
  isWrittenAsName,
}: HandleGround): Uint8Array {
  const { tokens, formal, kind, given, core } = nameTable
  const { handles } = emailTable
  const asAccount = accountHandles(emailTable)
  const count = new Uint32Array(tokens.texts.length)
  const isMet = new Uint8Array(nameTable.coreCount.length)
  for (let i = 0; i < size; i++) {
    // Codes lie within their tables.
    const code = name[i] as number
    const [token, person] = [given[code] as number, core[code] as number]
    const isBare = kind[code] === NAME_KIND.bare
    const isHandle = isBare && (isWrittenAsName[code] === 0 || asAccount[findHandle(tokens.text(token))] === 1)
    if (!isHandle && isMet[person] === 0) count[token] = (count[token] as number) + 1
    if (person !== 0) isMet[person] = 1
  }
  const found = new Uint8Array(handles.size())
  // Words are far fewer than handles.
  for (let token = 1; token < count.length; token++) {
    if ((count[token] as number) > 1 || formal[token] !== undefined) found[findHandle(tokens.text(token))] = 1
  }
  found[0] = 0
  return found
}

/**
 * 1 for handles by which an account of a code host goes.
 *
 * Source: docs/methods/identity.md, "Email addresses".
 */
export function accountHandles({ handles, handle, isAccount }: EmailTable): Uint8Array {
  const found = new Uint8Array(handles.size())
  handle.forEach((code, row) => {
    if (isAccount[row] === 1) found[code] = 1
  })
  return found
}

/** Of many records with one name, what it spells is looked for once. */
function spelledHandles(ground: HandleGround, own: CodeLists): CodeLists {
  const { size, name, spellings } = ground
  const { offsets, codes } = handlesSpelled(spellings, spelledBy(ground, own))
  const spelled = createCodeLists()
  for (let i = 0; i < size; i++) {
    const code = name[i] as number // codes lie within their table; offsets have one entry more than there are names
    for (let at = offsets[code] as number; at < (offsets[code + 1] as number); at++) spelled.add(codes[at] as number)
    spelled.next()
  }
  return spelled.finish()
}

/** By name, the handles of anybody that it spells. */
function handlesSpelled({ offsets, codes }: CodeLists, each: SpelledBy): CodeLists {
  const found = createCodeLists()
  for (let name = 0; name + 1 < offsets.length; name++) {
    for (let at = offsets[name] as number; at < (offsets[name + 1] as number); at++)
      each(codes[at] as number, found.add)
    found.next()
  }
  return found.finish()
}

type SpelledBy = (hash: number, add: (handle: number) => void) => void

/** Adds the handles of anybody whose hash is that of a spelling: nearly nothing that a name spells is one. */
function spelledBy(ground: HandleGround, own: CodeLists): SpelledBy {
  const isAny = createBitFilter(own.codes.length)
  const [whole, numbered] = [wholeHandles(ground, own, isAny.add), numberedHandles(ground, own, isAny.add)]
  return (hash, add) => {
    if (!isAny.mayHave(hash)) return
    add(whole.first(hash))
    for (let handle = numbered.first(hash); handle !== 0; handle = numbered.next()) add(handle)
  }
}

/** Handles whose places are read together, so that all are waited for at one time. */
const AHEAD = 32

/** Of two handles with one hash the one that was met last. */
function wholeHandles({ emailTable }: HandleGround, { codes }: CodeLists, met: (hash: number) => void): WordTable {
  const { handles } = emailTable
  const found = createWordTable(handles.size())
  const isMet = new Uint8Array(handles.size())
  const [waiting, hashes] = [new Uint32Array(AHEAD), new Uint32Array(AHEAD)]
  let count = 0
  /** What was touched: were it not kept, it need not be read. */
  const seen = new Uint32Array(1)
  const addAll = (): void => {
    let all = 0
    for (let i = 0; i < count; i++) all ^= found.touch(hashes[i] as number) // as many wait
    seen[0] = all
    for (let i = 0; i < count; i++) {
      const hash = hashes[i] as number
      met(hash)
      if (found.first(hash) === 0) found.add(hash, waiting[i] as number)
    }
    count = 0
  }
  for (let i = codes.length - 1; i >= 0; i--) {
    const code = codes[i] as number // i < length
    if (isMet[code] === 1) continue
    isMet[code] = 1
    waiting[count] = code
    hashes[count++] = handles.hash(code, SPELLED)
    if (count === AHEAD) addAll()
  }
  addAll()
  return found
}

/** Of one text with many numbers behind it, each is anybody. */
const MOST_NUMBERED = 5
const LEAST_STEM = 5

/** Handles of records without a full name that end in digits, by the hash of what is before these. */
function numberedHandles(ground: HandleGround, own: CodeLists, met: (hash: number) => void): WordTable {
  const found = createWordTable()
  const { handles } = ground.emailTable
  for (const code of unnamedHandles(ground, own)) {
    const text = handles.text(code)
    const stem = withoutNumber(text)
    if (stem.length === text.length || stem.length < LEAST_STEM) continue
    const hash = hashText(stem, SPELLED)
    let others = 0
    for (let other = found.first(hash); other !== 0; other = found.next()) others++
    met(hash)
    if (others < MOST_NUMBERED) found.add(hash, code)
  }
  return found
}

function unnamedHandles({ size, nameTable, name }: HandleGround, { offsets, codes }: CodeLists): ReadonlySet<number> {
  const found = new Set<number>()
  for (let i = 0; i < size; i++) {
    if (nameTable.kind[name[i] as number] === NAME_KIND.full) continue // codes lie within their tables
    for (const code of codes.subarray(offsets[i], offsets[i + 1])) found.add(code)
  }
  return found
}

/**
 * A handle without the digits at its end: `jdoe77` is `jdoe`.
 *
 * Source: docs/methods/identity.md, "Email addresses".
 */
export function withoutNumber(handle: string): string {
  return handle.replace(/\d+$/, '')
}
