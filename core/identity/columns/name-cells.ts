import { sharedWords } from '#lib/shared-words'
import { createTextRun, type PackedTexts } from './text-table.ts'

/** What a record says of its name: nothing, all in one piece, or given and family name with a NUL between them. */
export const NAME_CELL = { nothing: 0, whole: 1, parts: 2 } as const

/**
 * Cells with the names and phone numbers of records that follow each other, as bytes that another thread can read where they are. A phone
 * number that is missing is empty.
 */
export type NameCells = Readonly<{ texts: PackedTexts; kinds: Uint32Array; phones: PackedTexts }>

/** Collects cells of names and phone numbers, each once per record. */
export type NameCellsBuilder = Readonly<{
  add(kind: (typeof NAME_CELL)[keyof typeof NAME_CELL], text: string): void
  addPhone(text: string): void
  finish(): NameCells
}>

/**
 * An empty builder.
 *
 * @param count records whose cells will be added
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function createNameCells(count: number): NameCellsBuilder {
  const kinds = sharedWords(count)
  const [run, phones] = [createTextRun(count), createTextRun(count)]
  let at = 0
  return {
    add: (kind, text) => {
      kinds[at++] = kind
      run.add(text)
    },
    addPhone: phones.add,
    finish: () => ({ texts: run.finish(), kinds, phones: phones.finish() }),
  }
}
