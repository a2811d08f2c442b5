import { CircleAlert, CircleCheck, CircleDashed, CircleHelp } from 'lucide-react'
import type { ReactNode } from 'react'
import { sum } from '#lib/num'
import { useBoard } from '../../state/mapping-board.ts'
import type { BoardFile } from '../../state/mapping-rows.ts'
import { count, counted } from '../../ui/format.ts'
import { Meter } from '../../ui/Meter.tsx'

type Props = Readonly<{ file: BoardFile }>

/** What reading a file to its end came to, or how far it is. */
export function FileState({ file }: Props): ReactNode {
  const { entry, asks, tables } = file
  if (tables.length === 0) return <span className="muted clip">Will be passed over</span>
  if (entry.reading.status === 'reading') return <ReadingMeter file={file} />
  if (asks.length > 0)
    return (
      <State icon={CircleHelp} tone="ask">
        {counted(asks.length, 'question')}
      </State>
    )
  if (entry.reading.status === 'waiting') return <State icon={CircleDashed}>Waits to be read</State>
  if (entry.reading.status === 'waived') return <State icon={CircleDashed}>Not read to its end</State>
  const read = tables[0]?.proof?.read ?? 0
  const held = sum(tables.map(({ proof }) => proof?.held ?? 0))
  if (held > 0)
    return (
      <State icon={CircleAlert} tone="warn">
        {counted(read, 'row')} · {count(held)} held
      </State>
    )
  return (
    <State icon={CircleCheck} tone="good">
      {counted(read, 'row')}
    </State>
  )
}

type StateProps = Readonly<{ icon: typeof CircleCheck; tone?: 'good' | 'warn' | 'ask'; children: ReactNode }>

function State({ icon: Icon, tone, children }: StateProps): ReactNode {
  return (
    <span className={tone === undefined ? 'board-state' : `board-state is-${tone}`}>
      <Icon size={14} aria-hidden />
      <span className="clip">{children}</span>
    </span>
  )
}

function ReadingMeter({ file }: Props): ReactNode {
  const progress = useBoard(state => (state.progress?.key === file.key ? state.progress : null))
  const total = progress?.total ?? null
  const done = progress?.done ?? 0
  return (
    <span className="board-state board-state--reading">
      <Meter done={done} total={total} label={`Reading ${file.plan.file}`} />
      <span className="number">{total === null || total === 0 ? '' : `${Math.floor((done / total) * 100)} %`}</span>
    </span>
  )
}
