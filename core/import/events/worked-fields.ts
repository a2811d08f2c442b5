import { TABLES } from '#schema/tables'
import { holds } from '../derived-fields.ts'
import type { CellPath } from '../field-path.ts'
import { isMissing } from '../values/cell-reader.ts'
import {
  type CellSource,
  ColumnCells,
  JsonCells,
  ListedCells,
  NOTHING,
  SAID,
  Spellings,
  UNSURE,
} from './cell-source.ts'
import type { EventColumns } from './event-columns.ts'
import type { FastCondition, FastFields, WorkedField, WorkedSource } from './fast-fields.ts'
import { JsonPaths } from './json-paths.ts'
import type { RecordBlock } from './record-block.ts'

/** Fields of a block beside those of its records: one per field that is worked out, one per column looked into. */
export function workedCount(fields: FastFields): number {
  return fields.worked.length + jsonColumns(fields).filter(at => !isChecked(fields.columns, at)).length
}

/**
 * Works out the fields of a block that are no column of the file: each becomes a field of the block, numbered behind those of the
 * records, so that it is read like any other. Rows of which only the reference can tell become bad, those that belong to no
 * event are marked as skipped.
 */
export class WorkedFields {
  private readonly columns: EventColumns
  private readonly block: RecordBlock
  private readonly json = new Map<number, JsonPaths>()
  private readonly conditions: readonly Condition[]
  private readonly fields: readonly FieldCells[]
  private readonly first: CellSource
  private readonly firstHeader: string | null

  constructor(columns: EventColumns, block: RecordBlock, fields: FastFields) {
    this.columns = columns
    this.block = block
    let own = block.width + fields.worked.length
    for (const at of jsonColumns(fields))
      this.json.set(at, new JsonPaths(columns, block, at, isChecked(fields.columns, at) ? at : own++))
    this.first = new ColumnCells(columns.kernel, 0)
    this.firstHeader = fields.firstHeader
    this.conditions = fields.when.map(each => this.conditionOf(each))
    this.fields = fields.worked.map((field, i) => this.cellsOf(field, block.width + i))
    for (const paths of this.json.values()) paths.build()
  }

  /** To be called when the properties have been looked at, and before any other field. */
  look(): void {
    const { block, conditions, fields } = this
    for (const paths of this.json.values()) paths.look()
    const { count } = block
    for (const condition of conditions) for (let row = 0; row < count; row++) this.test(condition, row)
    for (const field of fields) for (let row = 0; row < count; row++) if (!block.isBad(row)) this.choose(field, row)
  }

  private test(condition: Condition, row: number): void {
    const { block } = this
    if (block.isBad(row)) return
    const verdict = condition.of(row)
    if (verdict === UNSURE) block.markBad(row)
    else if (verdict === NOTHING) {
      if (this.mayBeHeader(row)) block.markBad(row)
      else block.markSkipped(row)
    }
  }

  /** A record that repeats the header belongs to no table at all. */
  private mayBeHeader(row: number): boolean {
    const said = this.first.find(row)
    return said === UNSURE || (said === NOTHING ? '' : this.first.text) === this.firstHeader
  }

  private choose({ sources, missing, fallback, starts, ends }: FieldCells, row: number): void {
    let [start, end] = fallback
    for (const source of sources) {
      const said = source.find(row)
      const is = said === SAID ? missing(source) : said
      if (is === NOTHING) continue
      if (is === UNSURE) this.block.markBad(row)
      start = source.start
      end = source.end
      break
    }
    const { words } = this.columns.kernel
    words[starts + row] = start
    words[ends + row] = end
  }

  private cellsOf({ column, sources, constant }: WorkedField, field: number): FieldCells {
    const { calls } = this.columns.kernel
    const columns: Readonly<Record<string, Readonly<{ type: Parameters<typeof isMissing>[1] }>>> = TABLES.events.columns
    const type = columns[column]?.type ?? 'text'
    const isText = type === 'id' || type === 'text'
    return {
      sources: sources.map(source => this.sourceOf(source)),
      missing: isText ? saysText : source => saysTyped(source, type),
      fallback: this.columns.lasting(constant),
      starts: calls.startsOf(field) / 4,
      ends: calls.endsOf(field) / 4,
    }
  }

  private sourceOf({ values, ...path }: WorkedSource): CellSource {
    const cells = this.cellsAt(path)
    return values === null ? cells : new ListedCells(this.columns, cells, values)
  }

  private cellsAt({ column, inner }: CellPath): CellSource {
    const { kernel } = this.columns
    const paths = this.json.get(column)
    return inner === null || paths === undefined ? new ColumnCells(kernel, column) : new JsonCells(kernel, paths, inner)
  }

  private conditionOf({ path, condition }: FastCondition): Condition {
    const ofNothing = holds(condition, '') ? SAID : NOTHING
    if (path === null) return { of: () => ofNothing }
    const source = this.cellsAt(path)
    const spellings = new Spellings(this.columns.kernel, text => (holds(condition, text) ? SAID : NOTHING))
    const isAboutFilling = Object.keys(condition).every(key => key === 'path' || key === 'isFilled')
    const ofAny = isAboutFilling ? (holds(condition, 'x') ? SAID : NOTHING) : null
    return {
      of(row) {
        const said = source.find(row)
        if (said === UNSURE) return UNSURE
        return said === NOTHING ? ofNothing : (ofAny ?? spellings.meaning(source))
      },
    }
  }
}

type FieldCells = Readonly<{
  sources: readonly CellSource[]
  /** Of what was said: NOTHING where it is a spelling of that. */
  missing(source: CellSource): number
  fallback: readonly [start: number, end: number]
  /** Where its cells are, in words. */
  starts: number
  ends: number
}>

/** SAID: it holds. */
type Condition = Readonly<{ of(row: number): number }>

/** The columns that are looked into, each once. */
function jsonColumns({ worked, when }: FastFields): readonly number[] {
  const paths: readonly CellPath[] = [
    ...worked.flatMap(({ sources }) => sources),
    ...when.flatMap(({ path }) => path ?? []),
  ]
  return [...new Set(paths.filter(({ inner }) => inner !== null).map(({ column }) => column))]
}

/** Is a column the properties, which are checked and without blanks when they have been looked at? */
function isChecked(columns: FastFields['columns'], at: number): boolean {
  return columns[at]?.role === 'properties'
}

/** Is a text a spelling of "nothing" in a name or an id? */
function saysText(source: CellSource): number {
  const length = source.end - source.start
  return (length === 4 || length === 2) && isMissing(source.text, 'text') ? NOTHING : SAID
}

function saysTyped(source: CellSource, type: Parameters<typeof isMissing>[1]): number {
  return !source.beginsWithDigit && isMissing(source.text, type) ? NOTHING : SAID
}
