import type * as z from 'zod'
import type { AbortSignalLike, ColumnSpec, ColumnsOf, Method, Progress } from './method.ts'
import { exportMethods } from './methods/export.ts'
import { healthMethods } from './methods/health.ts'
import { heldMethods } from './methods/held.ts'
import { identityMethods } from './methods/identity.ts'
import { importMethods } from './methods/import.ts'
import { importBatchMethods } from './methods/import-batch.ts'
import { projectMethods } from './methods/project.ts'
import { scoreMethods } from './methods/score.ts'
import { taxonomyMethods } from './methods/taxonomy.ts'

/** The one map of calls: every host serves exactly this, the renderer and the CLI call nothing else. */
export const contract = {
  ...projectMethods,
  ...importMethods,
  ...importBatchMethods,
  ...heldMethods,
  ...scoreMethods,
  ...taxonomyMethods,
  ...identityMethods,
  ...exportMethods,
  ...healthMethods,
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
