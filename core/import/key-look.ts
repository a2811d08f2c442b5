import type { FilePlan, ImportOptions } from '#schema/import'
import { type EntityTable, TABLES } from '#schema/tables'
import { idShape } from './id-shape.ts'
import { bareOf, createReferenceReader, customOf, hasKeyRivals, looseReader, referencesOf } from './key-fit.ts'

/** Records that are looked at. */
const LOOK_RECORDS = 500
/** Of the values of a key, at least this share is different. */
const KEY_VARIETY = 0.9
/** Where ids are values of a key, at least this share of them has one of its shapes. */
const OWN_SHAPES = 0.9

/** How many different ids have which shape. */
export type IdShapes = ReadonlyMap<string, number>

/** What the first records of a file show of the ids in it. */
export type KeyLook = Readonly<{
  /** Shapes of the ids in each column that names records of another table. */
  named: readonly Readonly<{ to: EntityTable; shapes: IdShapes }>[]
  /** Shapes in the key, and in each other column that may be meant as one; null where the table is named by none. */
  own: Readonly<{ key: IdShapes; rivals: readonly IdShapes[] }> | null
}>

/** Looks at the first records of a file. */
export type LookReader = Readonly<{
  push(chunk: Uint8Array): void
  isEnough(): boolean
  /**
   * @param isWhole was the whole file pushed?
   * @returns null where there was no record in it
   */
  end(isWhole: boolean): KeyLook | null
}>

/**
 * A reader of what a file shows at its beginning of its own ids and of those it names.
 *
 * @param plan a plan with a table
 *
 * Source: docs/methods/import.md, "Which column is the key".
 */
export function createLookReader(plan: FilePlan, options: ImportOptions): LookReader {
  const refers = plan.table !== null && referencesOf(plan.table).length > 0
  const named = refers ? createReferenceReader(plan, options, 'steady') : null
  const own = hasKeyRivals(plan) ? createColumnReader(plan, options) : null
  const readers = [named, own].filter(reader => reader !== null)
  return {
    push(chunk) {
      for (const reader of readers) reader.push(chunk)
    },
    isEnough: () => readers.every(reader => reader.records() >= LOOK_RECORDS),
    end(isWhole) {
      const ids = named?.end(isWhole) ?? []
      const columns = own?.end(isWhole) ?? null
      if (readers.some(reader => reader.records() === 0)) return null
      return { named: ids.map(each => ({ to: each.to, shapes: shapesOf(each.ids) })), own: columns }
    },
  }
}

/** Shapes of different ids. */
export function shapesOf(ids: Iterable<string>): IdShapes {
  const shapes = new Map<string, number>()
  for (const id of ids) {
    const shape = idShape(id)
    shapes.set(shape, (shapes.get(shape) ?? 0) + 1)
  }
  return shapes
}

/**
 * May ids be those of another column than the key? They may where they do not look like the key, or another column looks like
 * them, too.
 *
 * @param named shapes of ids by which records of the table are named, one for each column of them
 */
export function isKeyOpen({ key, rivals }: NonNullable<KeyLook['own']>, named: readonly IdShapes[]): boolean {
  return named.some(ids => {
    const shapes = [...ids]
    const count = shapes.reduce((sum, [, many]) => sum + many, 0)
    const known = shapes.reduce((sum, [shape, many]) => sum + (key.has(shape) ? many : 0), 0)
    return known < OWN_SHAPES * count || rivals.some(rival => shapes.some(([shape]) => rival.has(shape)))
  })
}

type ColumnReader = Readonly<{
  push(chunk: Uint8Array): void
  records(): number
  end(isWhole: boolean): NonNullable<KeyLook['own']>
}>

type Values = { filled: number; different: Set<string> }

function createColumnReader(plan: FilePlan, options: ImportOptions): ColumnReader {
  const table = TABLES[plan.table ?? 'accounts']
  const [key] = table.key
  const keyAt = Object.keys(table.columns).indexOf(key)
  const own: Values = { filled: 0, different: new Set() }
  const others = new Map<string, Values>()
  const add = (values: Values, value: unknown): void => {
    const text = typeof value === 'number' ? String(value) : value
    if (typeof text !== 'string' || text === '') return
    values.filled++
    values.different.add(text)
  }
  const rows = looseReader(bareOf(plan, key), options, {
    entities(run) {
      for (const { values, custom } of run) {
        add(own, values[keyAt])
        if (custom === null) continue
        for (const [name, value] of customOf(custom)) {
          const known = others.get(name) ?? { filled: 0, different: new Set() }
          others.set(name, known)
          add(known, value)
        }
      }
    },
    events() {},
    held() {},
  })
  return {
    push: rows.push,
    records: rows.records,
    end(isWhole) {
      rows.end(isWhole)
      // Where the key itself comes again, so may another that is meant as the key.
      const least = KEY_VARIETY * varietyOf(own)
      const rivals = [...others.values()].filter(values => varietyOf(values) >= least)
      return { key: shapesOf(own.different), rivals: rivals.map(({ different }) => shapesOf(different)) }
    },
  }
}

function varietyOf({ filled, different }: Values): number {
  return filled === 0 ? 0 : different.size / filled
}
