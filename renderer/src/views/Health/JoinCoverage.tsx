import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { type HealthReport, useHealth } from '../../state/health.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Definition } from '../../ui/Definition.tsx'
import { count } from '../../ui/format.ts'
import { ShareBar } from '../../ui/ShareBar.tsx'
import { shareText } from './share.ts'
import { tableName } from './table-name.ts'

type Join = HealthReport['coverage'][number]

const NO_JOINS: readonly Join[] = []

const COLUMNS: readonly Column<Join>[] = [
  {
    id: 'join',
    header: 'Join',
    sortBy: join => join.id,
    cell: join => (
      <Definition plain means={`Share of ${join.means}.`}>
        <span className="join-name">
          {tableName(join.from)}
          <ArrowRight size={12} aria-hidden />
          <span className="unseen"> to </span>
          {join.from === join.to ? 'Domain' : tableName(join.to)}
        </span>
      </Definition>
    ),
  },
  {
    id: 'share',
    header: 'Found',
    means: 'Share of the left side that is found on the right.',
    sortBy: join => join.found / join.of,
    cell: join => (
      <span className="share-cell">
        <ShareBar share={join.found / join.of} color={colorOf(join)} width={110} />
        <span className="share-cell__figure">{shareText(join.found, join.of)}</span>
      </span>
    ),
  },
  {
    id: 'missing',
    header: 'Missing',
    align: 'end',
    sortBy: join => join.of - join.found,
    cell: join => (
      <span
        className={join.of === join.found ? 'muted' : undefined}
        title={`${count(join.found)} of ${count(join.of)}`}
      >
        {count(join.of - join.found)}
      </span>
    ),
  },
]

/** How well the tables fit together. */
export function JoinCoverage(): ReactNode {
  const joins = useHealth(state => state.report?.coverage ?? NO_JOINS)
  return (
    <section aria-labelledby="joins-title">
      <h2 id="joins-title" className="section-title tables-tab__title">
        Join coverage
      </h2>
      <DataTable label="Join coverage" columns={COLUMNS} rows={joins} keyOf={join => join.id} />
    </section>
  )
}

/** Half or less is red, less than nine in ten amber: the shares at which accounts and people get lost. */
function colorOf({ found, of }: Join): string {
  const share = found / of
  if (share < 0.5) return 'var(--bad)'
  return share < 0.9 ? 'var(--warn)' : 'var(--accent)'
}
