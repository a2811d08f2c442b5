import type { HandlersOf, Rooms } from '../late-handlers.ts'

const projectRoom = async (): Promise<HandlersOf<'app' | 'project'>> => (await import('./project.ts')).projectHandlers
const modelRoom = async (): Promise<HandlersOf<'model' | 'policy'>> => (await import('./model.ts')).modelHandlers
const identityRoom = async (): Promise<HandlersOf<'identity' | 'review'>> => ({
  ...(await import('./identity.ts')).identityHandlers,
  ...(await import('./review.ts')).reviewHandlers,
  ...(await import('./identity-clusters.ts')).identityClusterHandlers,
  ...(await import('./identity-rules.ts')).identityRuleHandlers,
  ...(await import('./identity-person.ts')).identityPersonHandlers,
})
const scenarioRoom = async (): Promise<HandlersOf<'scenario' | 'view'>> =>
  (await import('./scenario.ts')).scenarioHandlers

/** Every method of the contract with its use case, by the first word of its name. */
export const rooms: Rooms = {
  app: projectRoom,
  project: projectRoom,
  import: async () => ({
    ...(await import('./import.ts')).importHandlers,
    ...(await import('./import-batch.ts')).importBatchHandlers,
  }),
  held: async () => (await import('./held.ts')).heldHandlers,
  model: modelRoom,
  policy: modelRoom,
  score: async () => ({
    ...(await import('./score.ts')).scoreHandlers,
    ...(await import('./score-explain.ts')).scoreExplainHandlers,
    ...(await import('./unit.ts')).unitHandlers,
  }),
  taxonomy: async () => (await import('./taxonomy.ts')).taxonomyHandlers,
  identity: identityRoom,
  review: identityRoom,
  export: async () => (await import('./export.ts')).exportHandlers,
  handoff: async () => (await import('./hand-off.ts')).handOffHandlers,
  routing: async () => ({
    ...(await import('./route.ts')).routeHandlers,
    ...(await import('./route-teams.ts')).routeTeamHandlers,
    ...(await import('./route-owners.ts')).routeOwnerHandlers,
  }),
  health: async () => (await import('./health.ts')).healthHandlers,
  anomalies: async () => (await import('./anomalies.ts')).anomalyHandlers,
  simulate: async () => ({
    ...(await import('./simulate.ts')).simulateHandlers,
    ...(await import('./simulate-figures.ts')).simulateFigureHandlers,
  }),
  scenario: scenarioRoom,
  view: scenarioRoom,
}
