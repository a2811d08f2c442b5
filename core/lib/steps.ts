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

/** Values that are gone through between two halts. */
const STRETCH = 512

/**
 * Goes through values, with halts.
 *
 * @param values walked once
 * @param visit is given each of them
 */
export function* eachInSteps<T>(values: Iterable<T>, visit: (value: T) => void): Steps<void> {
  let count = 0
  for (const value of values) {
    visit(value)
    if (++count % STRETCH === 0) yield
  }
}

/**
 * As `flatMap` of a list, with halts.
 *
 * @param values walked once
 * @param each what one of them comes to
 */
export function* flatMapSteps<T, R>(values: Iterable<T>, each: (value: T) => readonly R[]): Steps<R[]> {
  const found: R[] = []
  yield* eachInSteps(values, value => {
    for (const one of each(value)) found.push(one)
  })
  return found
}
