/** Import: the bytes of an export in; a plan, typed rows, held records and proofs out. */
export { crmsOfKeys } from './crm-keys.ts'
export { describePlan, type PlanDescription } from './describe.ts'
export { createEventBuilder, type EventBuilder, type EventRecord, hashIds } from './events/index.ts'
export { answerOf, haveSameColumns } from './held-answer.ts'
export {
  fixesFor,
  type HeldEdit,
  type HeldPoint,
  isSoleKey,
  overlayWith,
  overlayWithEdit,
  positionOf,
  readingsFor,
} from './held-fix.ts'
export { heldMessage as heldAdvice } from './held-message.ts'
export { createHeldRechecker, type HeldRechecker, type HeldVerdict } from './held-recheck.ts'
export { createHeldRecordReader, type HeldRecordReader, type HeldSubject, heldCells } from './held-record.ts'
export { readJson } from './json/json-text.ts'
export { createListSearch } from './json/list-search.ts'
export { choosableLists, createListSurvey } from './json/list-survey.ts'
export {
  createKeyReader,
  createReferenceReader,
  hasKeyRivals,
  MOST_REFERRED,
  type ReferredIds,
  referencesOf,
} from './key-fit.ts'
export { createLookReader, type IdShapes, isKeyOpen, type KeyLook, shapesOf } from './key-look.ts'
export { likelyReadings } from './likely-encodings.ts'
export { signatureOf } from './mapping-fit.ts'
export { mappingOfPlans } from './mapping-plan.ts'
export { checkMapping, parseMappings } from './parse-mapping.ts'
export { type FileHead, planFile, planTables } from './plan.ts'
export { listsNamed } from './plan-lists.ts'
export { proposeTables } from './proposal.ts'
export { createProver, type FileProof, type FileProver } from './prover.ts'
export { createReader, type FileReader, type ReaderOptions } from './reader.ts'
export { cutEscaped } from './records/escaped-fields.ts'
export { createRecordSource, type RecordConsumer } from './records/record-source.ts'
export { isSameSource } from './same-source.ts'
export { createWorkspaceReader, type KnownWorkspaces, likelyWorkspaceHeader, strangerDoubt } from './stranger-ids.ts'
