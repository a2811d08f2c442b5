import type { Handlers } from '#contract/contract'
import type { Context } from '../context.ts'
import { exportHandlers } from './export.ts'
import { healthHandlers } from './health.ts'
import { heldHandlers } from './held.ts'
import { identityHandlers } from './identity.ts'
import { importHandlers } from './import.ts'
import { importBatchHandlers } from './import-batch.ts'
import { modelHandlers } from './model.ts'
import { projectHandlers } from './project.ts'
import { scoreHandlers } from './score.ts'
import { taxonomyHandlers } from './taxonomy.ts'
import { unitHandlers } from './unit.ts'

/** Every method of the contract, each with its use case. */
export const handlers: Handlers<Context> = {
  ...projectHandlers,
  ...importHandlers,
  ...heldHandlers,
  ...importBatchHandlers,
  ...modelHandlers,
  ...scoreHandlers,
  ...unitHandlers,
  ...taxonomyHandlers,
  ...identityHandlers,
  ...exportHandlers,
  ...healthHandlers,
}
