/**
 * Work that is done when its answer is first asked for, if ever.
 *
 * @param work done at most once, unless it throws
 * @returns gives the answer, the same each time
 */
export function once<T extends object>(work: () => T): () => T {
  let known: T | null = null
  return () => {
    known ??= work()
    return known
  }
}
