import type { ReactNode } from 'react'
import { sum } from '#lib/num'
import { roundToSum } from '#lib/round-to-sum'
import type { ScoreRow } from '../../state/score-list.ts'
import { dateTime, daysBefore, points, score } from '../../ui/format.ts'
import { LevelGlyph } from '../../ui/LevelGlyph.tsx'
import { PartsBar } from '../../ui/PartsBar.tsx'
import { BUCKETS, channelOf, healthOf, stageOf } from '../words.ts'
import { withoutPoints } from './ledger.ts'
import { ownerOf } from './owner.ts'

/** What stands in one column of one workspace. */
export function cellOf(columnId: string, row: ScoreRow, asOf: number | null): ReactNode {
  return CELLS[columnId]?.(row, asOf)
}

const CELLS: Readonly<Record<string, (row: ScoreRow, asOf: number | null) => ReactNode>> = {
  name: row => <NameCell row={row} />,
  score: row => <ScoreCell row={row} />,
  stage: row => {
    const { label, level, color } = stageOf(row.stage)
    return (
      <span className="with-mark">
        <LevelGlyph level={level} color={color} />
        <span className="clip">{label}</span>
      </span>
    )
  },
  destination: row => <DestinationCell row={row} />,
  reason: row => (
    <span className="clip soft" title={row.reason ?? ''}>
      {row.reason === null ? '–' : withoutPoints(row.reason)}
    </span>
  ),
  owner: row => {
    const { label, isNamed } = ownerOf(row)
    return (
      <span className={isNamed ? 'clip' : 'clip muted'} title={label}>
        {label}
      </span>
    )
  },
  health: row => {
    const { label, means } = healthOf(row.health)
    return (
      <span className={`clip health health--${row.health}`} title={means}>
        {label}
      </span>
    )
  },
  lastActive: (row, asOf) => (
    <span className="soft" title={dateTime(row.lastActiveAt)}>
      {daysBefore(row.lastActiveAt, asOf)}
    </span>
  ),
}

function NameCell({ row }: Readonly<{ row: ScoreRow }>): ReactNode {
  const name = row.unitName ?? row.unitId
  const isSame = row.accountName?.toLowerCase().startsWith(name.toLowerCase()) ?? true
  const account = isSame ? null : row.accountName
  return (
    <span className="name-cell clip" title={[row.accountName, row.unitId].filter(Boolean).join(' · ')}>
      <span className="name-cell__name">{name}</span>
      {account !== null && <span className="muted"> {account}</span>}
    </span>
  )
}

function ScoreCell({ row }: Readonly<{ row: ScoreRow }>): ReactNode {
  const parts = BUCKETS.map(({ id, label, color }) => ({ id, label, color, value: bucketValue(row, id) }))
  const said = saidOf(parts, row.score)
  return (
    <span className="score-cell" title={said}>
      <span className="score-cell__figure">{score(row.score)}</span>
      <PartsBar parts={parts} max={100} width={64} label={said === '' ? 'No points' : said} />
    </span>
  )
}

/** Points of each bucket, written so that they add up to the score where nothing was cut off it. */
function saidOf(parts: readonly Readonly<{ label: string; value: number }>[], total: number): string {
  const values = parts.map(part => part.value)
  const isWhole = Math.abs(sum(values) - total) < 0.1
  const written = isWhole ? roundToSum(values, 1, total) : values
  const texts = parts.map(({ label, value }, i) => (value === 0 ? [] : [`${label} ${points(written[i] ?? value)}`]))
  return texts.flat().join(', ')
}

function bucketValue(row: ScoreRow, bucket: string): number {
  return Object.entries(row.buckets).find(([id]) => id === bucket)?.[1] ?? 0
}

function DestinationCell({ row }: Readonly<{ row: ScoreRow }>): ReactNode {
  const { label, icon: Icon, color } = channelOf(row.destination)
  const also = row.also.map(id => channelOf(id).label)
  return (
    <span className="with-mark" title={[label, ...also].join(', also ')}>
      <Icon size={14} strokeWidth={1.75} color={color} aria-hidden />
      <span className="clip">{label}</span>
      {also.length > 0 && (
        <span className="also">
          +{also.length}
          <span className="unseen"> also {also.join(', ')}</span>
        </span>
      )}
    </span>
  )
}
