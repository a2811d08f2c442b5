import { unitOfSlots } from '#lib/unit-of-slots'
import type { CellBundle, Cells, DayRuns, ImportCount, SetAsidePositions, UnitFacts, ValueCount } from '#schema/cells'
import { type ColumnSet, decodeColumns, encodeColumns, encodePlainColumns } from './columns/index.ts'

/** Cells as features builds them: what is judged, and where in the log lies what was set aside. */
export type BuiltCells = Readonly<{ bundle: CellBundle; setAsideAt: SetAsidePositions }>

/** The same as rows of the project file hold it: the frame and each kind as they are, facts packed, the rest as JSON. */
export type EncodedCells = Readonly<{
  cells: Uint8Array
  facts: Uint8Array
  notes: string
  kinds: readonly EncodedKind[]
}>
export type EncodedKind = Readonly<{ kind: string; cells: Uint8Array }>

type Notes = Readonly<{
  values: readonly string[]
  loops: CellBundle['loops']
  setAside: CellBundle['setAside']
  unmappedNames: CellBundle['unmappedNames']
}>

const PROPERTIES = ['feature', 'integration'] as const

export function encodeCells({ bundle, setAsideAt }: BuiltCells): EncodedCells {
  const { cells, facts, presence, loops, setAside, unmappedNames } = bundle
  const values = dictionaryOf(facts.values)
  const notes: Notes = { values: [...values.keys()], loops, setAside, unmappedNames }
  const { slots, days, lastActiveDay } = cells
  return {
    cells: encodePlainColumns({ slotStart: slots.start, slotPerson: slots.person, days, lastActiveDay }),
    kinds: cells.runs.map((runs, i) => ({ kind: cells.kinds[i] ?? '', cells: encodePlainColumns(runs) })),
    facts: encodeColumns({
      lastEventAt: facts.lastEventAt,
      firstKindAt: facts.firstKindAt,
      arrivalUnit: facts.arrivals.unit,
      arrivalPerson: facts.arrivals.person,
      arrivalAt: facts.arrivals.at,
      arrivalKind: facts.arrivals.kind,
      ...valueColumns(facts.values, values),
      ...importColumns(facts.imports),
      presenceWorkspace: presence.workspace,
      presenceUser: presence.user,
      asideNoWorkspace: setAsideAt.no_workspace,
      asideUnknownWorkspace: setAsideAt.unknown_workspace,
      asideDuplicateId: setAsideAt.duplicate_id,
      asideLooped: setAsideAt.looped,
    }),
    notes: JSON.stringify(notes),
  }
}

/** The inverse of `encodeCells`. @throws AppError `store/corrupt` where a blob is not what it was */
export function decodeCells(encoded: EncodedCells): BuiltCells {
  const { values, loops, setAside, unmappedNames } = JSON.parse(encoded.notes) as Notes // written by encodeCells
  const facts = decodeColumns(encoded.facts)
  const presence = {
    workspace: facts.column('presenceWorkspace', 'u32'),
    user: facts.column('presenceUser', 'u32'),
  }
  return {
    bundle: {
      cells: decodeCellColumns(encoded.cells, encoded.kinds),
      facts: readFacts(facts, values),
      presence,
      loops,
      setAside,
      unmappedNames,
    },
    setAsideAt: {
      no_workspace: facts.column('asideNoWorkspace', 'f64'),
      unknown_workspace: facts.column('asideUnknownWorkspace', 'f64'),
      duplicate_id: facts.column('asideDuplicateId', 'f64'),
      looped: facts.column('asideLooped', 'f64'),
    },
  }
}

/**
 * Cells of some kinds, or of all. Columns stay views on the blobs; nothing is unpacked.
 *
 * @throws AppError `store/corrupt` where a blob is not what it was
 */
export function decodeCellColumns(frame: Uint8Array, kinds: readonly EncodedKind[]): Cells {
  const columns = decodeColumns(frame)
  const start = columns.column('slotStart', 'u32')
  const units = Math.max(0, start.length - 1)
  const slots = start[units] ?? 0
  const person = columns.column('slotPerson', 'i32', slots)
  const runs = kinds.map(({ cells }) => readRuns(decodeColumns(cells)))
  return {
    count: runs.reduce((count, { day }) => count + day.length, 0),
    kinds: kinds.map(({ kind }) => kind),
    runs,
    slots: { start, person, unit: unitOfSlots(start) },
    days: columns.column('days', 'i32'),
    lastActiveDay: columns.column('lastActiveDay', 'i32', units),
  }
}

function readRuns(columns: ColumnSet): DayRuns {
  const subject = columns.column('subject', 'u32')
  const start = columns.column('start', 'u32', subject.length + 1)
  const width = columns.kindOf('day') === 'u16' ? 'u16' : 'u32'
  const day = columns.column('day', width, start[subject.length])
  return { subject, start, day, n: columns.column('n', width, day.length) }
}

function readFacts(columns: ColumnSet, texts: readonly string[]): UnitFacts {
  const unit = columns.column('arrivalUnit', 'u32')
  return {
    lastEventAt: columns.column('lastEventAt', 'f64'),
    firstKindAt: columns.column('firstKindAt', 'f64'),
    arrivals: {
      unit,
      person: columns.column('arrivalPerson', 'i32', unit.length),
      at: columns.column('arrivalAt', 'f64', unit.length),
      kind: columns.column('arrivalKind', 'u16', unit.length),
    },
    values: readValues(columns, texts),
    imports: readImports(columns),
  }
}

function dictionaryOf(values: readonly ValueCount[]): Map<string, number> {
  const codes = new Map<string, number>()
  for (const { value } of values) if (!codes.has(value)) codes.set(value, codes.size)
  return codes
}

function valueColumns(values: readonly ValueCount[], codes: ReadonlyMap<string, number>) {
  return {
    valueProperty: Uint8Array.from(values, row => PROPERTIES.indexOf(row.property)),
    valueUnit: Uint32Array.from(values, row => row.unit),
    valueKind: Uint32Array.from(values, row => row.kind),
    valueText: Uint32Array.from(values, row => codes.get(row.value) ?? 0),
    valueDay: Int32Array.from(values, row => row.day),
    valueCount: Uint32Array.from(values, row => row.n),
  }
}

function readValues(columns: ColumnSet, texts: readonly string[]): readonly ValueCount[] {
  const property = columns.column('valueProperty', 'u8')
  const count = property.length
  const unit = columns.column('valueUnit', 'u32', count)
  const kind = columns.column('valueKind', 'u32', count)
  const text = columns.column('valueText', 'u32', count)
  const day = columns.column('valueDay', 'i32', count)
  const n = columns.column('valueCount', 'u32', count)
  // All of one length, and every code was given out by dictionaryOf.
  return Array.from(property, (code, i) => ({
    property: PROPERTIES[code] as ValueCount['property'],
    unit: unit[i] as number,
    kind: kind[i] as number,
    value: texts[text[i] as number] as string,
    day: day[i] as number,
    n: n[i] as number,
  }))
}

function importColumns(imports: UnitFacts['imports']) {
  const rows = [...imports.values()]
  return {
    importUnit: Uint32Array.from(imports.keys()),
    importCounted: Float64Array.from(rows, row => row.counted),
    importWithCount: Float64Array.from(rows, row => row.withCount),
    importEvents: Float64Array.from(rows, row => row.events),
  }
}

function readImports(columns: ColumnSet): ReadonlyMap<number, ImportCount> {
  const unit = columns.column('importUnit', 'u32')
  const counted = columns.column('importCounted', 'f64', unit.length)
  const withCount = columns.column('importWithCount', 'f64', unit.length)
  const events = columns.column('importEvents', 'f64', unit.length)
  const rows = Array.from(unit, (key, i): [number, ImportCount] => {
    const at = { counted: counted[i] as number, withCount: withCount[i] as number, events: events[i] as number }
    return [key, at] // the columns are of one length
  })
  return new Map(rows)
}
