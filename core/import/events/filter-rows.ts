import type { FilePlan } from '#schema/import'
import type { EventColumns } from './event-columns.ts'
import type { FastFields } from './fast-fields.ts'
import type { FastEvidence } from './fast-rows.ts'
import { LineFields } from './line-fields.ts'
import { RecordBlock } from './record-block.ts'
import { WorkedFields, workedCount } from './worked-fields.ts'

const NO_EVIDENCE: FastEvidence = {
  timestamp: { epoch_s: 0, epoch_ms: 0, epoch_us: 0, iso: 0, zoneless: 0 },
  weightPoints: 0,
}

/** Tells the records of a block that belong to another table; those of this one are the reference's. */
export class FilterRows {
  readonly block: RecordBlock
  readonly evidence = NO_EVIDENCE
  private readonly lines: LineFields
  private readonly worked: WorkedFields

  constructor(columns: EventColumns, read: FastFields, plan: FilePlan) {
    this.block = new RecordBlock(columns.kernel, read.columns.length, workedCount(read))
    this.lines = new LineFields(columns, this.block, plan, read.lines ?? [])
    this.worked = new WorkedFields(columns, this.block, read)
  }

  look(): void {
    const { block } = this
    this.lines.look()
    this.worked.look()
    for (let row = 0; row < block.count; row++) if (!block.isBad(row)) block.markBad(row)
  }

  /** Nothing is read here. */
  write(): void {}
}
