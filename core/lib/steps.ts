/** Long work that halts now and then, so that a host may let others have a turn; what it yields says what comes next. */
export type Steps<T, Step = void> = Generator<Step, T, void>

/**
 * Does long work in one go.
 *
 * @param steps work that has not begun
 * @returns what it comes to
 */
export function finish<T>(steps: Steps<T, unknown>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
