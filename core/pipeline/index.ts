/** Pipeline: the judging rooms composed once, from tables and events to scores and routes; used by app and simulate. */
export {
  type Analysis,
  type AnalysisInput,
  type AnalysisStep,
  type Assignment,
  analyse,
  type JudgedRoute,
  type Judgement,
  judgementSteps,
  type Links,
  type ScoreHead,
} from './analyse.ts'
export { asOfSteps, type ResolvedAsOf, resolveAsOf } from './as-of.ts'
export { type CellDependencies, cellsKey, frameKey, modelHash, policyHash } from './fingerprint.ts'
export { type FrameStep, frameSteps, type IdentitySource } from './frame.ts'
