/** Simulate: what a changed model would come to, worked out from cells in memory, change by change. */
export { type KernelColumns, kernelColumns, ScoreKernel, type Worked } from './kernel.ts'
export { parseScenario, scenarioModel } from './scenario.ts'
export { ScoreLadder } from './score-ladder.ts'
