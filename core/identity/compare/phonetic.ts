const MOST_SOUNDS = 6

/** Spellings of one sound, in the order in which they are read. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:kn|gn|pn|wr|ps)/, 'n'],
  [/sch|tsch|tch|sh|ch|cz|sz|zh|sj|sk(?=[ei])/g, 'x'],
  [/ph|pf|v|w/g, 'f'],
  [/c(?=[eiy])|ts|tz|z|ss/g, 's'],
  [/ck|cc|c|q|gh|g/g, 'k'],
  [/th|dt|d/g, 't'],
  [/b/g, 'p'],
  [/j|y/g, 'i'],
  [/h/g, ''],
  [/m/g, 'n'],
]

/**
 * A short key of how a name sounds, so that most misspellings share it: spellings of one sound are one letter, vowels count
 * only at the start, doubled letters once.
 *
 * @param word folded; letters of other scripts stay as they are
 * @returns up to 6 characters; empty for an empty word
 *
 * Source: docs/methods/identity.md, "Blocking".
 */
export function soundKey(word: string): string {
  let sound = word
  for (const [spelling, letter] of SPELLINGS) sound = sound.replace(spelling, letter)
  if (sound === '') return word.slice(0, 1)
  const first = /^[aeiou]/.test(sound) ? 'a' : sound.slice(0, 1)
  return (first + sound.slice(1).replace(/[aeiou]/g, '')).replace(/(.)\1+/g, '$1').slice(0, MOST_SOUNDS)
}
