import { textOfUtf8 } from '#lib/utf8'
import type { ColumnPlan, FilePlan } from '#schema/import'
import { memberPrefixes } from '../custom-fields.ts'
import { pathsOf } from '../derived-fields.ts'
import { isTypeKey, PLAIN_TYPES } from '../json/extended-json.ts'
import { staysWhole } from '../json/json-cells.ts'
import { lateHeaders } from '../late-headers.ts'
import { isSecretHeader } from '../secrets.ts'
import { CUSTOM, type EventColumns } from './event-columns.ts'
import type { FieldReader } from './field-reader.ts'
import type { RecordBlock } from './record-block.ts'

/**
 * Of a key, as kernels/events/line-keys.ts has it: its objects stay whole; only the reference knows what becomes of it; the reference
 * may read it though no column has it.
 */
const WHOLE = 1
const ODD = 2
const LATE = 4
/** Keys that are learnt while a file is read; of more, as in objects keyed by id, the reference takes care. */
const MOST_KEYS = 4096
const NO_FIELD = -1

/** Lays the members of JSON objects, one per line, down as the cells of a block: a field per column of the plan. */
export class LineFields {
  private readonly columns: EventColumns
  private readonly block: RecordBlock
  /** Nodes of the kernel's tree of keys: that of a record's, that of all keys further inside. */
  private readonly root: number
  private readonly nested: number
  private readonly isLate: (key: string) => boolean
  private learnt = 0

  /** @param uses what each column is for, as `FastFields` has it */
  constructor(columns: EventColumns, block: RecordBlock, plan: FilePlan, uses: readonly number[]) {
    const { kernel } = columns
    this.isLate = lateTest(plan)
    this.columns = columns
    this.block = block
    const place = kernel.calls.openLines()
    this.root = kernel.words[place / 4] as number // written by the call
    this.nested = kernel.calls.nestedKeys()
    kernel.bytes.set(uses, place + 4)
    const outers = new Map<string, number>()
    for (const [field, { header }] of plan.columns.entries()) outers.set(header, this.hang(this.root, header, field))
    for (const [field, { header }] of plan.columns.entries()) {
      const dot = header.indexOf('.')
      if (dot < 0) continue
      const name = header.slice(0, dot)
      const outer = outers.get(name) ?? this.hang(this.root, name, NO_FIELD)
      outers.set(name, outer)
      this.hang(outer, header.slice(dot + 1), field)
    }
    this.hangTypes(outers, plan.columns)
  }

  /** What MongoDB writes as `{"$date": ...}` is a value of its column, unless another column is called so. */
  private hangTypes(outers: ReadonlyMap<string, number>, columns: readonly ColumnPlan[]): void {
    const headers = new Set(columns.map(({ header }) => header))
    for (const [field, { header }] of columns.entries()) {
      const node = outers.get(header)
      if (node === undefined || header.includes('.') || staysWhole(header)) continue
      for (const type of PLAIN_TYPES) if (!headers.has(`${header}.${type}`)) this.hang(node, type, field)
    }
  }

  /** To be called before any other field is looked at. */
  look(): void {
    const { calls } = this.columns.kernel
    for (let row = calls.lookLines(0); row >= 0; row = calls.lookLines(row)) this.learn(row)
  }

  /** Takes in the key that a row was given back for. */
  private learn(row: number): void {
    const { calls, bytes } = this.columns.kernel
    if (this.learnt++ >= MOST_KEYS) {
      this.block.markBad(row)
      return
    }
    const parent = calls.askedLineKey()
    const key = textOfUtf8(bytes, calls.askedStart(), calls.askedEnd())
    if (parent === this.nested) this.add(parent, key, calls.openLineKey(NO_FIELD, isPlainKey(key) ? 0 : ODD))
    else if (key.includes('.') || isTypeKey(key)) this.add(parent, key, calls.openLineKey(NO_FIELD, ODD))
    else this.hang(parent, key, NO_FIELD)
  }

  /** @returns the node of a key */
  private hang(parent: number, key: string, field: number): number {
    const { calls } = this.columns.kernel
    const late = field === NO_FIELD && parent === this.root && this.isLate(key) ? LATE : 0
    const node = calls.openLineKey(field, staysWhole(key) ? WHOLE | late : late)
    this.add(parent, key, node)
    return node
  }

  private add(parent: number, key: string, node: number): void {
    const { calls } = this.columns.kernel
    this.columns.handOver(key, (start, end) => {
      calls.addLineKey(parent, start, end, node)
      return 0
    })
  }
}

/** Does the reference read members of this name, by a path of the plan, or as a column that shows late? */
function lateTest(plan: FilePlan): (key: string) => boolean {
  const asked = new Set([...pathsOf(plan), ...(plan.when ?? []).map(({ path }) => path)])
  const late = lateHeaders(plan.table ?? 'events')
  return key => asked.has(key) || (plan.source === undefined && late.columnFor(key, plan.columns) !== null)
}

/** Is a member of this name written where and as it stands? Secrets are left out, whole numbers come first, types of MongoDB are values. */
function isPlainKey(key: string): boolean {
  return !(/^\d+$/.test(key) || isTypeKey(key) || key === '__proto__' || isSecretHeader(key))
}

/** The custom fields of records that are JSON: their cells are written as they are. */
export class MemberFields implements FieldReader {
  private readonly columns: EventColumns
  private readonly count: number

  constructor(columns: EventColumns, plan: readonly ColumnPlan[]) {
    this.columns = columns
    const members = memberPrefixes(plan)
    this.count = members.length
    if (this.count === 0) return
    const place = columns.kernel.calls.openMembers(this.count)
    for (const [i, { at, prefix }] of members.entries()) {
      const bytes = columns.lasting(prefix)
      columns.kernel.words.set([at, ...bytes], place / 4 + 3 * i)
    }
  }

  /** Every cell is one. */
  look(): void {}

  write(from: number, to: number): void {
    const { calls } = this.columns.kernel
    if (this.count === 0) calls.writeNoTexts(CUSTOM, to - from)
    else calls.writeMembers(from, to)
  }
}
