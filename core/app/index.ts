/** App: the use cases and jobs; the only room that joins the store and the pure rooms. */
export type { EngineHost } from './context.ts'
export { type Engine, serveEngine } from './engine.ts'
export { simulationFiles } from './late-files.ts'
export type { Simulated } from './simulation/answer-files.ts'
export type { SourceFile } from './source-file.ts'
