/** Pipeline: the judging rooms composed once, from tables and events to scores and routes; used by app and simulate. */
export {
  type Analysis,
  type AnalysisInput,
  type AnalysisStep,
  type Assignment,
  analyse,
  analysisSteps,
  type IdentitySource,
} from './analyse.ts'
export { resolveAsOf } from './as-of.ts'
export { type CellDependencies, cellsKey, modelHash, policyHash } from './fingerprint.ts'
