import { canonicalJson } from '#lib/hash'
import { isRecord, type Members, membersOf, namedEntries } from './document-entries.ts'

/** A place that two people changed differently. Values are plain JSON; null: not there. */
export type MergeConflict = Readonly<{ path: readonly string[]; base: unknown; draft: unknown; inForce: unknown }>
export type MergedDocument = Readonly<{ document: unknown; conflicts: readonly MergeConflict[] }>

type Sides = Readonly<{ base: unknown; draft: unknown; inForce: unknown }>

/**
 * A draft taken over to what has come into force since it was begun: what either side changed alone holds, and where both changed
 * the same place differently the draft's value stays and the place is told.
 *
 * Entries of lists are met by what names them; the order is that in force, an entry that the draft added stands behind the one it
 * stands behind there. An order that the draft alone changed is the draft's. A list that has no such names on one of the sides, or one
 * of them twice, is one place.
 *
 * @param sides parsed JSON documents: what the draft was begun on, the draft, and what is in force now
 * @returns the document, and conflicts in its order; without changes in force the draft itself
 *
 * Source: docs/methods/score.md, "Versions".
 */
export function mergeDocuments(sides: Sides): MergedDocument {
  const conflicts: MergeConflict[] = []
  return { document: mergedAt([], sides, conflicts), conflicts }
}

function mergedAt(path: readonly string[], sides: Sides, conflicts: MergeConflict[]): unknown {
  const { base, draft, inForce } = sides
  if (isSame(draft, inForce) || isSame(base, inForce)) return draft
  if (isSame(base, draft)) return inForce
  const records = sidesBy(recordMembers, sides)
  if (records !== null) return Object.fromEntries(mergedMembers(path, records, conflicts))
  const lists = sidesBy(namedEntries, sides)
  if (lists !== null) return [...mergedMembers(path, lists, conflicts).values()]
  conflicts.push({ path, base: base ?? null, draft: draft ?? null, inForce: inForce ?? null })
  return draft
}

const NONE: Members = new Map()
type MemberSides = Readonly<Record<keyof Sides, Members>>

/** Members of all sides; null where one has none by name: what a side took out could then not be told from what another added. */
function sidesBy(membersIn: (value: unknown) => Members | null, sides: Sides): MemberSides | null {
  const base = sides.base === undefined ? NONE : membersIn(sides.base)
  const [draft, inForce] = [membersIn(sides.draft), membersIn(sides.inForce)]
  return base === null || draft === null || inForce === null ? null : { base, draft, inForce }
}

const recordMembers = (value: unknown): Members | null => (isRecord(value) ? membersOf(value) : null)

function mergedMembers(path: readonly string[], sides: MemberSides, conflicts: MergeConflict[]): Members {
  const { base, draft, inForce } = sides
  const merged = new Map<string, unknown>()
  for (const name of orderOf(sides)) {
    const of = { base: base.get(name), draft: draft.get(name), inForce: inForce.get(name) }
    const value = mergedAt([...path, name], of, conflicts)
    if (value !== undefined) merged.set(name, value)
  }
  return merged
}

/** Names of all sides: in the order in force, or in the draft's where the draft alone changed it. */
function orderOf({ base, draft, inForce }: MemberSides): readonly string[] {
  const isMoved = (side: Members): boolean => {
    const before = [...base.keys()].filter(name => side.has(name))
    return [...side.keys()].filter(name => base.has(name)).some((name, i) => name !== before[i])
  }
  const [first, second] = isMoved(draft) && !isMoved(inForce) ? [draft, inForce] : [inForce, draft]
  const order = [...first.keys()]
  let last = -1
  for (const name of second.keys()) {
    const place = order.indexOf(name)
    if (place === -1) order.splice(++last, 0, name)
    else last = place
  }
  return order
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || (one !== undefined && other !== undefined && canonicalJson(one) === canonicalJson(other))
}
