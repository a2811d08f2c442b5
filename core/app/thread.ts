import { getCompileCacheDir } from 'node:module'
import { dirname } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { Worker, type WorkerOptions } from 'node:worker_threads'
import { THREAD_FLAGS } from '#lib/engine-flags'

export type ThreadOrder = Readonly<{
  /** Most that the young generation of its heap takes, MB. */
  youngMb: number
  data?: unknown
  transfer?: WorkerOptions['transferList']
}>

/**
 * Starts a thread with a heap of its own measure. What the process was started with for its first heap
 * (core/lib/engine-flags.ts) would hold for every heap, whatever its own limits are: that one has been made by then.
 *
 * @throws where none can be started
 */
export function startThread(entry: URL, { youngMb, data, transfer = [] }: ThreadOrder): Worker {
  for (const flag of THREAD_FLAGS) setFlagsFromString(flag)
  return new Worker(entry, {
    workerData: data,
    transferList: transfer,
    env: environment(),
    resourceLimits: { maxYoungGenerationSizeMb: youngMb },
  })
}

/** A thread takes its modules from the compile cache of the process, where it has one. */
function environment(): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir()
  return folder === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: dirname(folder) }
}
