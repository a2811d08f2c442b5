import type { Steps } from '#lib/steps'
import type { AnalysisStep } from '#pipeline'
import type { Job } from './jobs.ts'

/** What people read while each step of an analysis is worked on. */
export const ANALYSIS_PHASES: Readonly<Record<AnalysisStep, string>> = {
  events: 'Reading the events',
  identities: 'Matching people and accounts',
  cells: 'Counting what they did',
  scores: 'Scoring',
  routes: 'Routing',
}

/** Works the steps off, each a phase; within one, others get a turn now and then. @throws AppError run/cancelled */
export async function inPhases<T>(
  steps: Steps<T, AnalysisStep>,
  phase: (name: string) => Promise<void>,
  job: Job,
): Promise<T> {
  try {
    for (let current: AnalysisStep | null = null; ; ) {
      const step = steps.next()
      if (step.done === true) return step.value
      if (step.value === current) await job.breathe()
      else await phase(ANALYSIS_PHASES[step.value])
      current = step.value
    }
  } finally {
    // What the work had opened is closed, also where it was stopped.
    steps.return(undefined as never)
  }
}
