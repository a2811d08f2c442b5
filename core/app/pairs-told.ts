import type { Job } from './jobs.ts'

/** Says how far the comparison of records is; `subject` is the table that they are of, null for users. */
export function pairsTold(job: Pick<Job, 'report'>, subject: string | null): (done: number, total: number) => void {
  return (done, total) => job.report({ phase: 'Comparing records', done, total, unit: 'pairs', subject })
}
