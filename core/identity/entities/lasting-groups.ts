import { compareCodePoints } from '#lib/text'

/**
 * Puts the workspace that names a group first: the one that named most of its workspaces before, as long as it is among them.
 *
 *   claims (earlier group, group, workspaces in common), most in common first; of equal ones the smaller name
 *
 * @param groups members and groups in code-point order
 * @param earlier those of the last run, each with the workspace that names it first
 * @returns the same groups, the workspace that names each first and the others in code-point order, sorted by name
 *
 * Source: docs/methods/identity.md, "Ids of persons and units".
 */
export function withLastingNames(
  groups: readonly (readonly string[])[],
  earlier: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const claims = earlier.flatMap(before =>
    groups.flatMap((group, i) => {
      const [name = ''] = before
      return group.includes(name) ? [{ name, i, shared: before.filter(id => group.includes(id)).length }] : []
    }),
  )
  claims.sort((x, y) => y.shared - x.shared || compareCodePoints(x.name, y.name))
  const names = new Map<number, string>()
  for (const { name, i } of claims) if (!names.has(i)) names.set(i, name)
  return groups
    .map((group, i) => {
      const name = names.get(i)
      return name === undefined || name === group[0] ? group : [name, ...group.filter(id => id !== name)]
    })
    .sort((a, b) => compareCodePoints(a[0] ?? '', b[0] ?? ''))
}
