/** Import: the bytes of an export in; a plan, typed rows, held records and proofs out. */
export { describePlan, type PlanDescription } from './describe.ts'
export { createEventBuilder, type EventBuilder, type EventRecord } from './events/index.ts'
export { type FileHead, planFile } from './plan.ts'
export { createReader, type FileReader, type ReaderOptions } from './reader.ts'
