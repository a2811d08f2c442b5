/** Features: what events are (kinds, loops, cells) and what they add up to (rollups, milestones, health, anomalies). */
export { activeUsers } from './active-users.ts'
export { type Activity, activityOf } from './activity.ts'
export { findAnomalies } from './anomalies.ts'
export { type CellIndex, indexCells } from './cell-index.ts'
export { type BuiltCells, buildCells, type CellInput, cellSteps, partCellSteps } from './cells.ts'
export { type LosingCopies, losingCopies, maskOf } from './copies.ts'
export {
  type ActivationGround,
  activationEffect,
  activationRollups,
  reachedMilestones,
} from './data-health/activation-effect.ts'
export { type EventRows, type EventRowsGround, eventRows } from './data-health/event-checks.ts'
export { type EventTally, EventWalk } from './data-health/event-walk.ts'
export type { HealthInput } from './data-health/health-input.ts'
export { type HealthJudgement, hasEventRows, healthSteps } from './data-health/judge.ts'
export { firstRunFrom, NO_RUNS, type Stretch, stretchOf } from './day-runs.ts'
export { stitchSteps } from './devices/stitch-events.ts'
export { placeOfStitched, stitchedChunk, stitchedLog } from './devices/stitched-log.ts'
export {
  type Effect,
  effectOf,
  kindsOfProject,
  movedNames,
  type NameKinds,
  reachOfEntries,
} from './event-names/coverage.ts'
export { NameCounter, type NameCounts, recentDays } from './event-names/name-counts.ts'
export { type Fate, reachOfPattern } from './event-names/pattern-reach.ts'
export { LEAST_LIKENESS, type Suggestion, suggestKinds } from './event-names/suggestions.ts'
export { findingReader, findingsOf } from './findings.ts'
export { type LifecycleStage, proposedStage } from './health.ts'
export { type KeyEvent, type KeyEvents, keyEventSteps, type LoopStretch } from './key-events.ts'
export { keyKinds } from './kinds.ts'
export { networkOf } from './network.ts'
export { type PlacedUser, placedUserSteps } from './placed-users.ts'
export { countFeatures } from './rollups.ts'
export { type JudgedRoster, type MemberLink, type Roster, rosterSteps, takeRoster, type UserRole } from './roster.ts'
export { layOutSlots, NO_DAY, slotOf } from './slots.ts'
export { type EventPlaces, type EventSurvey, placeEvents, surveyEvents, surveySteps } from './survey.ts'
export { type KindTable, kindsOfNames, kindTable } from './taxonomy.ts'
export { unitRuns } from './unit-runs.ts'
