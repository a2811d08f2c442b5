/** Simulate: what a changed model would come to, worked out from cells in memory, change by change. */
export { type JudgeChange, judgeChanges } from './changes.ts'
export { type Flip, flipsOf } from './flips.ts'
export { followed, type Home, placesOf } from './followed-units.ts'
export { type Edge, edgeReader, leastPoints } from './fragility.ts'
export { type KernelColumns, kernelColumns, ScoreKernel, type Worked } from './kernel.ts'
export {
  type Cause,
  type CauseReader,
  causeSteps,
  type MovedBy,
  moversOf,
  type OtherWorld,
  unitsOfCell,
} from './movers.ts'
export { type NextStep, nextSteps } from './next-steps.ts'
export { type Parameter, parametersOf } from './parameters.ts'
export { RollupCollector } from './rollup-columns.ts'
export { factKinds } from './route-table.ts'
export { parseScenario, scenarioModel, scenarioPolicy } from './scenario.ts'
export { ScoreLadder } from './score-ladder.ts'
export { type Judge, type Judged, modelWithin, Simulator } from './simulator.ts'
export { blockedBy, type SolveTarget, solveCapacity, thresholdFlow } from './solve.ts'
export { countBy, type Measure, swingOf, type TornadoBar, tornadoSteps } from './tornado.ts'
export { type DailyScores, dailyScores, explainedAt, ticksOf, type UnitWorld, unitWorld } from './unit-history.ts'
export { FigureReader, type MoverCounts, type WeekFigures } from './week-figures.ts'
