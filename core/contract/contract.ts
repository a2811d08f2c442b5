import type * as z from 'zod'
import type { AbortSignalLike, ColumnSpec, ColumnsOf, Method, Progress } from './method.ts'
import { anomalyMethods } from './methods/anomalies.ts'
import { exportMethods } from './methods/export.ts'
import { handOffMethods } from './methods/hand-off.ts'
import { healthMethods } from './methods/health.ts'
import { heldMethods } from './methods/held.ts'
import { identityMethods } from './methods/identity.ts'
import { identityClusterMethods } from './methods/identity-clusters.ts'
import { identityPersonMethods } from './methods/identity-person.ts'
import { identityRuleMethods } from './methods/identity-rules.ts'
import { importMethods } from './methods/import.ts'
import { importBatchMethods } from './methods/import-batch.ts'
import { modelMethods } from './methods/model.ts'
import { projectMethods } from './methods/project.ts'
import { reviewMethods } from './methods/review.ts'
import { routeMethods } from './methods/route.ts'
import { routeOwnerMethods } from './methods/route-owners.ts'
import { routeTeamMethods } from './methods/route-teams.ts'
import { scenarioMethods } from './methods/scenario.ts'
import { scoreMethods } from './methods/score.ts'
import { scoreExplainMethods } from './methods/score-explain.ts'
import { simulateMethods } from './methods/simulate.ts'
import { simulateFigureMethods } from './methods/simulate-figures.ts'
import { taxonomyMethods } from './methods/taxonomy.ts'
import { viewMethods } from './methods/view.ts'

/** The one map of calls: every host serves exactly this, the renderer and the CLI call nothing else. */
export const contract = {
  ...projectMethods,
  ...importMethods,
  ...importBatchMethods,
  ...heldMethods,
  ...scoreMethods,
  ...scoreExplainMethods,
  ...taxonomyMethods,
  ...identityMethods,
  ...reviewMethods,
  ...identityClusterMethods,
  ...identityRuleMethods,
  ...identityPersonMethods,
  ...exportMethods,
  ...routeMethods,
  ...handOffMethods,
  ...routeTeamMethods,
  ...routeOwnerMethods,
  ...healthMethods,
  ...anomalyMethods,
  ...simulateMethods,
  ...simulateFigureMethods,
  ...modelMethods,
  ...scenarioMethods,
  ...viewMethods,
} as const satisfies Record<string, Method>

export type Contract = typeof contract
export type MethodName = keyof Contract
export type Input<M extends MethodName> = z.input<Contract[M]['input']>
export type Parsed<M extends MethodName> = z.output<Contract[M]['input']>
export type Output<M extends MethodName> = z.output<Contract[M]['output']>
type Spec<M extends MethodName> = Contract[M] extends { columns: infer S extends ColumnSpec } ? S : never

/** What a call gives: the JSON value, and beside it the columns where the method has any. */
export type Result<M extends MethodName> = [Spec<M>] extends [never]
  ? Output<M>
  : Output<M> & Readonly<{ columns: ColumnsOf<Spec<M>> }>

export type CallOptions = Readonly<{ signal?: AbortSignalLike; onProgress?: (progress: Progress) => void }>
export type Call = Required<CallOptions>

export type Client = { readonly [M in MethodName]: (input: Input<M>, options?: CallOptions) => Promise<Result<M>> }
export type Handlers<Ctx> = {
  readonly [M in MethodName]: (ctx: Ctx, input: Parsed<M>, call: Call) => Result<M> | Promise<Result<M>>
}
