/** Score: units and their people, the score by bucket, the ledger that adds up to it, and the model it is made with. */
export { type ChangedLine, changedSince } from './change.ts'
export {
  type CausedChange,
  type ChangeCause,
  changeCauses,
  changeGroups,
  type Explained,
  rejudgedChanges,
} from './change-causes.ts'
export {
  type ChecklistScore,
  DEFAULT_CHECKLIST,
  explainChecklist,
  parseChecklist,
  scoreChecklist,
} from './checklist.ts'
export { DEFAULT_MODEL, defaultModelText, modelJsonSchema } from './default-model.ts'
export { type DocumentChange, documentChanges } from './document-changes.ts'
export { mergeDocuments } from './document-merge.ts'
export { explainUnit } from './explain.ts'
export { fitOf } from './fit.ts'
export { type PersonColumns, personColumns, type UnitColumns, unitColumns } from './ground-columns.ts'
export { type LintFinding, lintModel, type Reach, reachOf } from './lint.ts'
export { modelDocument, modelFaults, parseModel } from './model-kinds.ts'
export { type PersonActivity, personFigures, slotActivity } from './person-figures.ts'
export { phraseOf } from './phrases.ts'
export { MODEL_PRESETS } from './presets.ts'
export { printedPoints } from './printed-points.ts'
export { ICP_TIERS, type ProposedFit, proposedFit } from './proposed-fit.ts'
export { dayText, type ReasonGround, sentenceOf, statementOf, topReasons } from './reasons.ts'
export {
  type FitColumns,
  fitColumns,
  fitPointsOf,
  peopleOf,
  type RoleColumns,
  roleColumns,
} from './role-columns.ts'
export { judgeRole, NOTHING_KNOWN, type RoleRecord, traitReader, type UserTraits } from './roles.ts'
export { roundNine, scoreOfTotal, stageOf } from './rounding.ts'
export { type ScoreColumns, type ScoreGround, type SumGround, scoreGround, sumGround } from './score-ground.ts'
export { addTotal, newSettled, represent, type Settled, settleBucket } from './settle.ts'
export { fillValues } from './signal-values.ts'
export type { SignalRule } from './signals.ts'
export { subscriptionAt } from './subscription-state.ts'
export { addValues, newSums, type Sums } from './sums.ts'
export {
  COVERAGES,
  fillScores,
  fillStages,
  fillTotals,
  newTotals,
  STAGES,
  scoreUnits,
  type UnitTotals,
} from './unit.ts'
export { buildUnits, type UnitInput, unitIdsOf, unitSteps } from './units.ts'
