import { useElementSize } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import { chooseCheck, type HealthCheck, standingOf, useHealth } from '../../state/health.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count, words } from '../../ui/format.ts'
import { ShareBar } from '../../ui/ShareBar.tsx'
import { type GridColumn, VirtualTable } from '../../ui/VirtualTable.tsx'
import { shareText } from './share.ts'
import { StandingGlyph, standingWords } from './standing.tsx'

type Props = Readonly<{ checks: readonly HealthCheck[] }>

const WHAT: GridColumn = {
  id: 'what',
  header: 'What',
  means: 'Worst first; what found nothing last.',
  width: 'minmax(230px, 1fr)',
  isSortable: false,
}
const COUNT: GridColumn = {
  id: 'count',
  header: 'Count',
  means: 'How many rows, events, people or workspaces it is about.',
  align: 'end',
  width: '72px',
  isSortable: false,
}
const SHARE: GridColumn = {
  id: 'share',
  header: 'Share',
  means: 'Of all that could be affected; the panel says of what.',
  width: '118px',
  isSortable: false,
}
const EFFECT: GridColumn = {
  id: 'effect',
  header: 'What it does to scores',
  width: 'minmax(220px, 1fr)',
  isSortable: false,
}

/** One line per check. The panel follows the keyboard while it is open. */
export function CheckTable({ checks }: Props): ReactNode {
  const { ref, width } = useElementSize()
  const standings = useHealth(state => state.standings)
  const chosen = useHealth(state => state.chosen)
  const [active, setActive] = useState(-1)
  const shown = checks.filter(check => standings.length === 0 || standings.includes(standingOf(check)))
  const columns = (width || 1000) < 700 ? [WHAT, COUNT, SHARE] : [WHAT, COUNT, SHARE, EFFECT]
  const open = (place: number): void => {
    setActive(place)
    chooseCheck(shown[place]?.code ?? null)
  }
  const place = chosen === null ? active : shown.findIndex(({ code }) => code === chosen)
  return (
    <div className="checks__table" ref={ref}>
      {shown.length === 0 ? (
        <EmptyState title="No check stands so">Every check stands otherwise; take the filter off.</EmptyState>
      ) : (
        <VirtualTable
          label="Checks"
          columns={columns}
          count={shown.length}
          rowHeight={34}
          sort={null}
          onSort={() => undefined}
          active={place}
          onActive={chosen === null ? setActive : open}
          onOpen={open}
          onVisible={() => undefined}
          cellsOf={at => {
            const check = shown[at]
            return check === undefined ? null : columns.map(column => cellOf(column.id, check))
          }}
        />
      )}
    </div>
  )
}

function cellOf(id: string, check: HealthCheck): ReactNode {
  const standing = standingOf(check)
  if (id === 'what')
    return (
      <span className={standing === 'passed' ? 'with-mark muted' : 'with-mark'}>
        <StandingGlyph standing={standing} />
        <span className="clip" title={`${check.title} (${words(check.group)})`}>
          {check.title}
        </span>
      </span>
    )
  if (id === 'count')
    return <span className={standing === 'passed' ? 'muted' : 'check-count'}>{count(check.count)}</span>
  if (id === 'share') return <Share check={check} />
  return (
    <span className={standing === 'passed' ? 'clip muted' : 'clip soft'} title={check.why}>
      {check.effect}
    </span>
  )
}

function Share({ check }: Readonly<{ check: HealthCheck }>): ReactNode {
  if (check.count === 0 || check.of === 0) return null
  const { color } = standingWords(standingOf(check))
  return (
    <span className="share-cell" title={`${count(check.count)} of ${count(check.of)} ${check.noun[1]}`}>
      <ShareBar share={check.count / check.of} color={color} width={56} />
      <span className="share-cell__figure">{shareText(check.count, check.of)}</span>
    </span>
  )
}
