import type { CallOptions } from '#contract/contract'
import { AppError } from '#lib/errors'

/** Ten steps of a job, each told; stops where it is cancelled. */
export async function work(
  state: Readonly<{ jobMs: number }>,
  options: CallOptions | undefined,
  subject: string,
): Promise<void> {
  const total = 5_200_000
  for (let step = 0; step < 10; step++) {
    if (options?.signal?.aborted) throw new AppError('run/cancelled', 'the job was cancelled')
    options?.onProgress?.({ phase: 'reading rows', done: (total / 10) * step, total, unit: 'bytes', subject })
    await new Promise(done => setTimeout(done, state.jobMs / 10))
  }
}
