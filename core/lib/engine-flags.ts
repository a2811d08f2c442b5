/**
 * What an engine's process is started with. By itself the young generation of a process that holds much grows to 128 MB, most
 * of them empty; with 16 MB each half scoring is as fast. A young heap is looked through whole every few MB that it grows by; one
 * that counts as 128 MB from the start is not. No limit of the heap is set.
 *
 * Measured at 20,000 workspaces: a re-score takes 414 MB at its peak, not 505, by the first. By the second, an import of 2 million
 * events takes 2.42 s of processor time, not 2.66, and 7 MB more.
 */
export const ENGINE_FLAGS: readonly string[] = ['--max-semi-space-size=16', '--initial-heap-size=128']

/**
 * What is told the process when it has begun, and before a thread is started: the flags above are for its first heap, which has been
 * made by then. They would hold for those of all threads, whatever their own limits are.
 *
 * Measured at 10 million events: the thread that reads them takes 16 MB of heap, not 28.
 */
export const THREAD_FLAGS: readonly string[] = ['--max-semi-space-size=0', '--initial-heap-size=0']

/**
 * The environment that an engine's process is started with, beside its own. With the first large buffer that is let go, glibc
 * keeps all up to that size for later, between what is in use; where the limit is named, here the one it begins with, it gives
 * them back. Other systems do not know the name.
 *
 * Measured at 20,000 workspaces: a score from scratch takes 405 to 410 MB at its peak, not 475, in the same processor time.
 *
 * Each thread takes its small pieces from an arena of its own where there may be several, and none gives back what another could
 * use. Measured: an import of 10 million events takes 8 to 14 MB less with one, a score of 2,000 workspaces 260 to 265 MB at its
 * peak, not 286 to 314, both in the same processor time.
 */
export const ENGINE_ENVIRONMENT: Readonly<Record<string, string>> = {
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_ARENA_MAX: '1',
}
