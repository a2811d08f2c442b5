/** Store: the project file, and the only room that speaks SQL. */
export {
  type Assignment,
  assignOwners,
  endedAssignments,
  hasOtherOwners,
  lastingAssignments,
  releaseOwners,
} from './assignments.ts'
export {
  type BatchFile,
  type BatchSource,
  forgetBatch,
  type ImportBatch,
  moveFile,
  saveBatch,
  settleFile,
  waitingBatch,
} from './batches.ts'
export type { BuiltCells } from './cell-codec.ts'
export { readCells, readCellsOfKinds, saveCells } from './cells.ts'
export { changedRows } from './changed-rows.ts'
export { columnFill, type TableFill } from './column-fill.ts'
export { type Readable, transaction, type Writable } from './connection.ts'
export { type Birth, createProject, type OpenOptions, openProject, type Project } from './db.ts'
export {
  addDecision,
  addDecisions,
  type DecisionKind,
  decisionsInForce,
  identityDecisions,
  identityDecisionsOf,
  listDecisions,
  type NaturalKey,
  type NewDecision,
  type StoredDecision,
  splitPairs,
} from './decisions.ts'
export {
  type DeliveredRecord,
  deliveredRecords,
  handOffTemplates,
  listDeliveries,
  markFailed,
  saveDelivery,
  saveHandOffTemplates,
} from './deliveries.ts'
export { diffCountSteps, diffCounts, diffPage } from './diff.ts'
export type { DiffKind, DiffPage } from './diff-row.ts'
export { listDocuments, removeDocument, type StoredDocument, saveDocument } from './documents.ts'
export { countRows, readRecord, readTable, type SourceRecord, walkTable } from './entities.ts'
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
  eventFill,
  openEventCodes,
  openEventKeys,
  openEventLog,
  type ProjectEvents,
  stagedEventPage,
} from './events/index.ts'
export { listExports, type NewExport, type StoredExport, saveExport } from './exports.ts'
export { formerPersons, saveFormerPersons } from './former-persons.ts'
export { returnSpace } from './free-space.ts'
export { readHealthReport, type StoredHealthReport, saveHealthReport } from './health-reports.ts'
export {
  countEntries,
  countHeld,
  countHeldRecords,
  type HeldEntry,
  type HeldFilter,
  type HeldPlace,
  type HeldRule,
  hasRowsBehind,
  heldEntries,
  heldEntry,
  heldPage,
  heldPlaces,
  heldRecords,
  heldRules,
  heldTotals,
  heldValues,
  type StoredHeldRow,
} from './held.ts'
export {
  addHeldSteps,
  beginHeldFix,
  demandNoBatch,
  forgetHeldFix,
  type HeldStep,
  originOfImport,
  settleHeldFix,
  undoHeldFix,
} from './held-fixes.ts'
export { type HeldTally, heldTallySteps, mergedHeldSteps } from './held-groups.ts'
export { type KeyedRow, keyedRow, keyedRows } from './held-keys.ts'
export { type ImportOrder, importOrder, type PresentRow, presentRow } from './held-rivals.ts'
export { type IdentityLabel, listLabels, saveLabels } from './identity-labels.ts'
export {
  beginImport,
  discardBrokenOff,
  discardStaging,
  dropStaged,
  findPublishedBySha,
  finishStaging,
  type ImportRecord,
  type ImportStart,
  listImports,
  readImport,
  restartStaging,
  type StagingResult,
  stagedImports,
} from './imports.ts'
export { forgetMapping, listMappings, type StoredMapping, saveMapping } from './mappings.ts'
export { dataState, type Meta, readMeta, recordState, writeMark } from './meta.ts'
export {
  listVersions,
  putInForce,
  readVersion,
  saveVersion,
  type Version,
  type VersionKind,
  versionInForce,
} from './models.ts'
export { ownedCounts, ownedUnits, unitNumbers } from './owned-units.ts'
export { publishBatch, publishInSteps, type WriteListener } from './publish.ts'
export { type RecordPlace, recordPlaces } from './record-places.ts'
export { countWorkspaces, hasWorkspace, referredInProject } from './referred-ids.ts'
export { rowIndexSteps } from './row-index.ts'
export { importsOfRow, keysReadBy, rowsBy } from './rows-by.ts'
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
export { PAGE_UNITS, type RunUnit } from './run-page.ts'
export {
  copyRunParts,
  countRunList,
  type PackedList,
  packRunList,
  readRunList,
  readRunPart,
  saveRunList,
  saveRunPart,
} from './run-parts.ts'
export {
  beginRun,
  KEPT_RUNS,
  listRuns,
  type NewRun,
  newestRun,
  type RunDraft,
  type RunSummary,
  readRun,
  readUnit,
  readUnits,
  runFrames,
  runInstants,
  runUnits,
  type ScoreRun,
  saveRun,
} from './runs.ts'
export { forgetSeen, saveSeen, seenAlerts } from './seen-alerts.ts'
export {
  type SettledAnswer,
  type SettledRow,
  settledPages,
  type WaitingRow,
  waitingPages,
} from './settled-held.ts'
export { shareProject, unshareProject, writeBeside } from './shared-project.ts'
export { copiesPage, repeatedPage } from './skipped-diff.ts'
export { countOverruled, MOST_SKIPPED } from './skipped-records.ts'
export { stageHeld, stageRows } from './staging.ts'
export { asStoreError } from './store-error.ts'
export { type StagedEventKeys, stagedEventKeys } from './superseded-held.ts'
export { type ColumnRows, readTableColumns, type SharedTexts, tableColumnSteps } from './table-columns.ts'
export { type Undoing, undoImport, undoInSteps, undoingOf, undoRefusal } from './undo.ts'
export { unitScores } from './unit-scores.ts'
export { type PackedPairs, packPairs, readPairs, savePairs } from './weighed-pairs.ts'
