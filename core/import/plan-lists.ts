import type { FilePlan, ImportOptions } from '#schema/import'
import { RECORDS_KEY } from './json/element-splitter.ts'
import { hasListAt } from './json/list-search.ts'
import { choosableLists } from './json/list-survey.ts'
import type { UnreadList } from './json/unread-lists.ts'
import type { MappingOffer } from './recognition.ts'
import type { Layout } from './records/record-source.ts'

/** The layout with the list that was said to be read, where the document has it in its beginning. */
export function withList(layout: Layout, head: Uint8Array, { recordsAt }: ImportOptions): Layout {
  const isThere = recordsAt !== undefined && layout.format === 'json' && hasListAt(head, recordsAt)
  return isThere ? { ...layout, recordsAt } : layout
}

/** Said of a document that is read as ever, since the list that was asked for is not in it. */
export function listAbsent({ format, recordsAt }: Layout, options: ImportOptions): string {
  if (format !== 'json' || options.recordsAt === undefined || options.recordsAt === recordsAt) return ''
  return `; it has no list "${options.recordsAt}"`
}

/** Mappings that may say how this list of a document is read: one that is remembered is for the list it was made for. */
export function offerFor(
  { recordsAt }: Layout,
  { assigned, offered = [], remembered = [] }: MappingOffer,
): MappingOffer {
  if (recordsAt === undefined) return { assigned, offered, remembered }
  return {
    assigned,
    offered: offered.filter(mapping => (mapping.recordsAt ?? recordsAt) === recordsAt),
    remembered: remembered.filter(mapping => (mapping.recordsAt ?? RECORDS_KEY) === recordsAt),
  }
}

/** The list of a mapping that may fit, where nothing was said and the document has it. */
export function listOfMapping(
  head: Uint8Array,
  { recordsAt }: ImportOptions,
  { assigned, offered = [], remembered = [] }: MappingOffer,
): string | null {
  if (recordsAt !== undefined || assigned !== undefined) return null
  const named = [...offered, ...remembered].flatMap(mapping => mapping.recordsAt ?? [])
  return named.find(path => hasListAt(head, path)) ?? null
}

/**
 * The lists of a plan, where there is a choice: another one than that which is read.
 *
 * @param lists those that the document has
 * @returns nothing where there is no choice
 */
export function listsNamed(
  { recordsAt = RECORDS_KEY }: Pick<FilePlan, 'recordsAt'>,
  lists: readonly UnreadList[],
): Pick<FilePlan, 'lists'> {
  const choosable = choosableLists(lists)
  if (choosable.every(({ path }) => path === recordsAt)) return {}
  return { lists: choosable.map(({ path, records, line }) => ({ path, records, line })) }
}

/** An object that is no record and has its records somewhere else than where they are read. */
export function listElsewhere({ recordsAt = RECORDS_KEY }: Layout, lists: readonly UnreadList[]): string | null {
  const others = lists.filter(({ path, isByName }) => isByName || (path !== recordsAt && path !== ''))
  if (others.length === 0) return null
  const isChoosable = others.some(({ isByName }) => !isByName)
  const one = isChoosable ? 'choose it (--records-at), or save it' : 'save it'
  const each = isChoosable ? 'choose one (--records-at), or save each' : 'save each'
  if (others.length < lists.length)
    return `No column of the records in the list "${recordsAt}" belongs to a known table. Not read: ${others.map(placeWords).join(', ')}; ${others.length === 1 ? one : each} as a file of its own`
  const own = others.length === 1 ? `${one} as a file of its own` : `${each} as a file of its own`
  return `The records seem to be ${others.map(placeWords).join(', ')}: only a list by itself, or a list "data", is read unless another is chosen; ${own}`
}

function placeWords({ path, isByName }: UnreadList): string {
  if (path === '') return 'the members of an object'
  return isByName ? `the members of the object "${path}"` : `the list "${path}" of an object`
}
