import { RecordBits } from '../cluster/record-bits.ts'
import { createBitFilter } from '../columns/bit-filter.ts'
import { countsOf } from '../columns/dictionary.ts'
import type { CodeLists } from '../columns/list.ts'
import type { NameTable } from '../columns/name-table.ts'
import { createPairCodes } from '../columns/pair-codes.ts'
import type { PersonColumns } from '../columns/person-columns.ts'
import { TEXT_SEED } from '../columns/text-table.ts'

/**
 * People per handle. Records of one full name are one; so are those without a full name, where the handle is telling or a full
 * name in the table spells it. Never fewer than the full names that spell it, or have it as family name.
 *
 * @param columns records
 * @param isTelling by code: is the handle nobody else's by chance?
 * @returns by code; 2 at least where two records have the handle
 *
 * Source: docs/methods/identity.md, "Email addresses".
 */
export function handleCounts(columns: PersonColumns, isTelling: Uint8Array): Uint32Array {
  const { names, emails, handle, spelled } = columns
  const records = countsOf(handle.codes, emails.handles.size())
  const isCommon = new RecordBits(records.length)
  for (let code = 0; code < records.length; code++) if ((records[code] as number) > 2) isCommon.add(code) // one count per handle
  const spelling = namesPerHandle(columns, spelled, isCommon).named
  const { named, unnamed } = namesPerHandle(columns, handle, isCommon)
  const families = peoplePerFamily(names)
  const tokenOf = wordTokens(columns)
  return records.map((count, code) => {
    // One of each per handle.
    const [own, byName, without] = [named[code] as number, spelling[code] as number, unnamed[code] as number]
    const others = isTelling[code] === 1 || byName > 0 ? Math.min(1, without) : without
    const family = families[tokenOf(code)] ?? 0
    return Math.max(Math.min(2, count), own + others, byName, family)
  })
}

/** The code of the word of a name that a handle is, 0 for others; words are far fewer than handles. */
function wordTokens({ names: { tokens }, emails: { handles } }: PersonColumns): (handle: number) => number {
  const isAny = createBitFilter(tokens.size())
  for (let token = 1; token < tokens.size(); token++) isAny.add(tokens.hash(token, TEXT_SEED))
  return handle => (isAny.mayHave(handles.hash(handle, TEXT_SEED)) ? tokens.find(handles.text(handle)) : 0)
}

type PerHandle = Readonly<{ named: Uint32Array; unnamed: Uint32Array }>

/** Different full names per handle, and records without one, of handles that more than two records have; others are 0. */
function namesPerHandle(
  { names, name, size, emails }: PersonColumns,
  lists: CodeLists,
  isCommon: RecordBits,
): PerHandle {
  const handles = emails.handles.size()
  const [named, unnamed] = [new Uint32Array(handles), new Uint32Array(handles)]
  const met = createPairCodes()
  const { offsets, codes } = lists
  for (let i = 0; i < size; i++) {
    // Offsets have one entry more than there are records; codes lie within their tables.
    for (let at = offsets[i] as number; at < (offsets[i + 1] as number); at++) {
      const code = codes[at] as number
      if (!isCommon.has(code)) continue
      const core = names.core[name[i] as number] as number
      const before = met.size()
      if (core === 0) unnamed[code] = (unnamed[code] as number) + 1
      else if (met.codeOf(core, code) === before) named[code] = (named[code] as number) + 1
    }
  }
  return { named, unnamed }
}

/** Different full names per family name. */
function peoplePerFamily({ tokens, family, core, coreCount }: NameTable): Uint32Array {
  const found = new Uint32Array(tokens.texts.length)
  const isMet = new Uint8Array(coreCount.length)
  core.forEach((person, code) => {
    if (person === 0 || isMet[person] === 1) return
    isMet[person] = 1
    const token = family[code] as number // one family name per name
    found[token] = (found[token] as number) + 1
  })
  return found
}
