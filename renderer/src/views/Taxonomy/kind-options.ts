import type { Output } from '#contract/contract'
import type { Preview, Suggestion } from '../../state/taxonomy.ts'
import type { Entries } from '../../state/taxonomy-entries.ts'
import { count, counted } from '../../ui/format.ts'
import type { KindOption } from './KindChoice.tsx'

type Signals = Output<'taxonomy.get'>['signals']
type Ground = Readonly<{
  entries: Entries
  preview: Preview | null
  suggestions: readonly Suggestion[]
  signals: Signals
  names: readonly string[]
  typed: string
}>

/** Kinds to choose from: those that the names resemble first, then in the order of the taxonomy. */
export function kindOptions({ entries, preview, suggestions, signals, names, typed }: Ground): readonly KindOption[] {
  const search = typed
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
  const likenesses = suggestions.filter(({ name }) => names.includes(name)).flatMap(one => one.likenesses)
  const all = entries.map(({ kind, category }, place): KindOption & { likeness: number } => {
    const like = likenesses.filter(one => one.kind === kind).sort((a, b) => b.score - a.score)[0]
    const reach = preview?.entries[place]
    return {
      kind,
      category,
      why: like?.why ?? null,
      figures: reach === undefined ? '' : `${counted(reach.names, 'name')} · ${count(reach.events)}`,
      earns: earningOf(signals, kind) !== 0,
      likeness: like?.score ?? 0,
    }
  })
  return all.filter(({ kind }) => kind.toLowerCase().includes(search)).sort((a, b) => b.likeness - a.likeness)
}

/** Points that one event of a kind adds, over all its signals; 0 where none names it. */
export function earningOf(signals: Signals, kind: string): number {
  return signals.reduce((total, signal) => total + (signal.kind === kind ? signal.points : 0), 0)
}
