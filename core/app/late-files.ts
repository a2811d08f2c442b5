import type * as answerFiles from './simulation/answer-files.ts'

type SimulationFiles = (typeof answerFiles)['simulationFiles']

/** `simulationFiles`, loaded when it is asked for: every other command does without it. */
export async function simulationFiles(...about: Parameters<SimulationFiles>): Promise<ReturnType<SimulationFiles>> {
  return (await import('./simulation/answer-files.ts')).simulationFiles(...about)
}
