import { useRouting } from '../../state/routing-draft.ts'

/** What is wrong with one field of the draft, by its path such as `rules.3.title`; null: nothing. */
export function useIssue(path: string): string | null {
  return useRouting(
    state => state.issues.find(known => known.path === path || known.path.startsWith(`${path}.`))?.message ?? null,
  )
}
