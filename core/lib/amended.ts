/**
 * A value with some of it otherwise. What either of the two works out when it is asked for is worked out no sooner.
 *
 * @param whole   stays as it is
 * @param changes stand for what has their names
 * @returns a new object of the properties of both
 */
export function amended<T extends object, C extends object>(whole: T, changes: C): Omit<T, keyof C> & C {
  const properties = { ...Object.getOwnPropertyDescriptors(whole), ...Object.getOwnPropertyDescriptors(changes) }
  return Object.defineProperties({}, properties) as Omit<T, keyof C> & C // as it is put together
}
