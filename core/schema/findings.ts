import type { Milestone } from './milestone.ts'
import type { Anomaly, Health, Rollups } from './rollups.ts'
import type { ScoreLine, UnitScore } from './score.ts'
import type { Unit } from './unit.ts'

/** What is known of one unit beside its score: the ground that rules and lists stand on. */
export type Findings = Readonly<{
  rollups: Rollups
  health: Health
  milestones: readonly Readonly<{ milestone: Milestone; holds: boolean }>[]
  /** First milestone that does not hold; null when all do. */
  nextBestAction: Milestone | null
  secondaryMilestones: readonly Readonly<{ id: string; holds: boolean }>[]
  hasHighIntent30d: boolean
  hasPricingOrUpgrade14d: boolean
  /** An event within 24 h up to asOf. */
  isActiveNow: boolean
  hasAdmin: boolean
  anomalies: readonly Anomaly[]
}>

/** A unit as routing gets it. */
export type JudgedUnit = Readonly<{ unit: Unit; score: UnitScore; findings: Findings }>

/** A ledger line as a sentence that a salesperson understands, with its points. */
export type Reason = Readonly<{ line: ScoreLine; sentence: string }>
