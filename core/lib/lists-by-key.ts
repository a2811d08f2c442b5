/**
 * Adds a value to the list of a key.
 *
 * @param lists by key; one that has none gets its first
 */
export function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
