/** Store: the project file, and the only room that speaks SQL. */
export { type Assignment, assignOwners, lastingAssignments, releaseOwners } from './assignments.ts'
export type { BuiltCells } from './cell-codec.ts'
export { readCells, saveCells } from './cells.ts'
export { type Readable, transaction, type Writable } from './connection.ts'
export { type Birth, createProject, type OpenOptions, openProject, type Project } from './db.ts'
export {
  addDecision,
  type DecisionKind,
  decisionsInForce,
  identityDecisions,
  listDecisions,
  type NaturalKey,
  type NewDecision,
  type StoredDecision,
} from './decisions.ts'
export { countRows, readRecord, readTable, type SourceRecord } from './entities.ts'
export {
  createEventWriter,
  type EventCursor,
  type EventDetail,
  type EventKeys,
  type EventPage,
  type EventQuery,
  type EventTotals,
  type EventWriter,
  eventCount,
  openEventKeys,
  openEventLog,
  type ProjectEvents,
} from './events/index.ts'
export { listExports, type NewExport, type StoredExport, saveExport } from './exports.ts'
export { countHeld, type HeldRule, heldPage, heldRules, type StoredHeldRow } from './held.ts'
export {
  beginImport,
  discardStaging,
  findPublishedBySha,
  finishStaging,
  type ImportRecord,
  type ImportStart,
  listImports,
  readImport,
  restartStaging,
  type StagingResult,
} from './imports.ts'
export { dataState, type Meta, readMeta } from './meta.ts'
export {
  listVersions,
  putInForce,
  readVersion,
  saveVersion,
  type Version,
  type VersionKind,
  versionInForce,
} from './models.ts'
export { publishBatch } from './publish.ts'
export {
  countUnits,
  type ScoreFilter,
  type ScoreHistogram,
  type ScoreListRow,
  type ScoreMark,
  type ScoreSort,
  scoreHistogram,
  scoreMarks,
  scoreOrder,
  scoreRows,
} from './run-list.ts'
export type { RunUnit } from './run-page.ts'
export { readRunPart, saveRunPart } from './run-parts.ts'
export {
  listRuns,
  type NewRun,
  newestRun,
  type RunSummary,
  readRun,
  readUnit,
  readUnits,
  runUnits,
  type ScoreRun,
  saveRun,
} from './runs.ts'
export { stageHeld, stageRows } from './staging.ts'
export { asStoreError } from './store-error.ts'
