import { useImports } from '../../state/imports.ts'
import { date } from '../../ui/format.ts'

/** Imports as people know them: `companies.csv of 14 Nov 2026`, those of one file and day once; by number where they are not listed. */
export function useImportNames(importIds: readonly number[]): string {
  const list = useImports(state => state.list)
  const names = importIds.map(id => {
    const found = list.find(({ importId }) => importId === id)
    return found === undefined ? `import ${id}` : `${found.file} of ${date(found.importedAt)}`
  })
  return [...new Set(names)].join(', ')
}
