import type { Handlers } from '#contract/contract'
import type { Context } from '../context.ts'
import { exportHandlers } from './export.ts'
import { importHandlers } from './import.ts'
import { modelHandlers } from './model.ts'
import { projectHandlers } from './project.ts'
import { scoreHandlers } from './score.ts'
import { unitHandlers } from './unit.ts'

/** Every method of the contract, each with its use case. */
export const handlers: Handlers<Context> = {
  ...projectHandlers,
  ...importHandlers,
  ...modelHandlers,
  ...scoreHandlers,
  ...unitHandlers,
  ...exportHandlers,
}
