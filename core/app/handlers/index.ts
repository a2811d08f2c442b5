import type { Handlers } from '#contract/contract'
import type { Context } from '../context.ts'
import { anomalyHandlers } from './anomalies.ts'
import { exportHandlers } from './export.ts'
import { handOffHandlers } from './hand-off.ts'
import { healthHandlers } from './health.ts'
import { heldHandlers } from './held.ts'
import { identityHandlers } from './identity.ts'
import { identityClusterHandlers } from './identity-clusters.ts'
import { identityPersonHandlers } from './identity-person.ts'
import { identityRuleHandlers } from './identity-rules.ts'
import { importHandlers } from './import.ts'
import { importBatchHandlers } from './import-batch.ts'
import { modelHandlers } from './model.ts'
import { projectHandlers } from './project.ts'
import { reviewHandlers } from './review.ts'
import { routeHandlers } from './route.ts'
import { routeOwnerHandlers } from './route-owners.ts'
import { routeTeamHandlers } from './route-teams.ts'
import { scenarioHandlers } from './scenario.ts'
import { scoreHandlers } from './score.ts'
import { scoreExplainHandlers } from './score-explain.ts'
import { simulateHandlers } from './simulate.ts'
import { simulateFigureHandlers } from './simulate-figures.ts'
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
  ...scoreExplainHandlers,
  ...unitHandlers,
  ...taxonomyHandlers,
  ...identityHandlers,
  ...reviewHandlers,
  ...identityClusterHandlers,
  ...identityRuleHandlers,
  ...identityPersonHandlers,
  ...exportHandlers,
  ...routeHandlers,
  ...handOffHandlers,
  ...routeTeamHandlers,
  ...routeOwnerHandlers,
  ...healthHandlers,
  ...anomalyHandlers,
  ...simulateHandlers,
  ...simulateFigureHandlers,
  ...scenarioHandlers,
}
