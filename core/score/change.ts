import type { ScoreLine, UnitScore } from '#schema/score'

/** One line of the ledger at two instants. `change` = now - before; a line that is not there counts as 0. */
export type ChangedLine = Readonly<{
  signal: string
  bucket: ScoreLine['bucket']
  personId: string | null
  before: number
  now: number
  change: number
}>

/**
 * What changed in a unit's score: the lines of two ledgers, subtracted. The changes add up to the change of the unrounded,
 * clamped score. Lines of another representative are lines of their own.
 *
 * @param before null where the unit did not exist then
 * @returns lines whose points differ, largest change first; ties by signal
 *
 * Source: docs/methods/score.md, "What changed".
 */
export function changedSince(now: UnitScore, before: UnitScore | null): ChangedLine[] {
  const lines = new Map<string, { now: ScoreLine | null; before: ScoreLine | null }>()
  for (const line of now.lines) lines.set(keyOf(line), { now: line, before: null })
  for (const line of before?.lines ?? []) {
    lines.set(keyOf(line), { now: lines.get(keyOf(line))?.now ?? null, before: line })
  }
  const changed: ChangedLine[] = []
  for (const pair of lines.values()) {
    const line = pair.now ?? pair.before
    const points = { before: pair.before?.finalPoints ?? 0, now: pair.now?.finalPoints ?? 0 }
    if (line === null || points.before === points.now) continue
    const { signal, bucket, personId } = line
    changed.push({ signal, bucket, personId, ...points, change: points.now - points.before })
  }
  return changed.sort((a, b) => Math.abs(b.change) - Math.abs(a.change) || (keyOf(a) < keyOf(b) ? -1 : 1))
}

function keyOf({ signal, bucket, personId }: Pick<ScoreLine, 'signal' | 'bucket' | 'personId'>): string {
  return JSON.stringify([signal, bucket, personId])
}
