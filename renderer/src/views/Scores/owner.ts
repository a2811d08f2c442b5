import type { ScoreRow } from '../../state/score-list.ts'

/** Who has the workspace: a name, else the id, else the team. */
export function ownerOf(row: ScoreRow): Readonly<{ label: string; isNamed: boolean }> {
  const person = row.ownerName ?? row.owner
  if (person !== null) return { label: person, isNamed: true }
  return { label: row.ownerTeam === null ? 'none' : `${row.ownerTeam} team`, isNamed: false }
}
