/**
 * The path of a list in a document: names of members joined by dots; a dot in a name has a backslash before it.
 *
 * Names are texts as they stand between the quotes, where a backslash always has a character behind it, and never a dot.
 */
export function pathOfNames(names: readonly string[]): string {
  return names.map(name => name.replaceAll('.', '\\.')).join('.')
}

/** The names of a path, as they stand in the document. */
export function namesOfPath(path: string): readonly string[] {
  const names = ['']
  for (const [part] of path.matchAll(/\\[\s\S]|[\s\S]/g)) {
    if (part === '.') names.push('')
    else names.push((names.pop() ?? '') + (part === '\\.' ? '.' : part))
  }
  return names
}
