import type { ChannelHandOff, NoteHandOff, TaskHandOff } from './crm-file.ts'
import type { CompanyHandOff, HandOff, PersonHandOff } from './hand-off.ts'
import type { Frame } from './part-writer.ts'

/** What one unit adds to a delivery: only what is written with it. */
export type Step = Readonly<{
  unit: HandOff
  company: CompanyHandOff | null
  /** Its company is written with this unit. */
  hasCompany: boolean
  people: readonly PersonHandOff[]
  /** Of those, the ones that are written with this unit. */
  newPeople: readonly PersonHandOff[]
  hasWorkspace: boolean
  dealKey: string | null
  tasks: readonly (readonly [key: string, task: TaskHandOff])[]
  notes: readonly (readonly [key: string, note: NoteHandOff])[]
  handOffs: readonly ChannelHandOff[]
}>

/** A file that is no table: its records follow unit by unit. */
export type StepFile = Readonly<{
  name: string
  ending: 'json' | 'jsonl'
  title: string
  note: string
  frame: Frame
  recordsOf(step: Step): readonly string[]
}>
