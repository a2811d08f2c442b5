import { CircleAlert, CircleCheck, CircleDashed, CircleHelp } from 'lucide-react'
import type { ReactNode } from 'react'
import { useImports } from '../../state/imports.ts'
import { currentJob, useJobs } from '../../state/jobs.ts'
import { useBoard } from '../../state/mapping-board.ts'
import { type BoardFile, doubtOf } from '../../state/mapping-rows.ts'
import { heldOnce } from '../../state/physical-files.ts'
import { count, counted } from '../../ui/format.ts'
import { Meter } from '../../ui/Meter.tsx'

type Props = Readonly<{ file: BoardFile }>

/** What checking the rows of a file came to, or how far it is; while files are imported, how far that is. */
export function FileState({ file }: Props): ReactNode {
  const isImporting = useImports(state => state.phase === 'importing')
  const { entry, asks, tables } = file
  if (tables.length === 0) return <span className="muted clip">Will not be imported</span>
  if (isImporting) return <ImportState file={file} />
  if (entry.reading.status === 'reading') return <CheckMeter file={file} />
  if (asks.length > 0)
    return (
      <State icon={CircleHelp} tone="ask">
        {counted(asks.length, 'question')}
      </State>
    )
  if (entry.reading.status === 'waiting') return <State icon={CircleDashed}>Waits for its check</State>
  if (entry.reading.status === 'waived') return <State icon={CircleDashed}>Checked on import</State>
  return <Checked file={file} />
}

function Checked({ file }: Props): ReactNode {
  const { tables } = file
  const read = tables[0]?.proof?.read ?? 0
  const held = heldOnce(
    tables.flatMap(({ proof }) => (proof === null ? [] : { held: proof.held, heldRules: proof.faults })),
  )
  if (held > 0)
    return (
      <State icon={CircleAlert} tone="warn">
        {counted(read, 'row')} · {count(held)} held
      </State>
    )
  const doubt = doubtOf(file)
  if (doubt !== null)
    return (
      <State icon={CircleAlert} tone="warn" title={doubt.full}>
        {counted(read, 'row')} · {doubt.short}
      </State>
    )
  return (
    <State icon={CircleCheck} tone="good">
      {counted(read, 'row')}
    </State>
  )
}

type StateProps = Readonly<{
  icon: typeof CircleCheck
  tone?: 'good' | 'warn' | 'ask'
  title?: string
  children: ReactNode
}>

function State({ icon: Icon, tone, title, children }: StateProps): ReactNode {
  return (
    <span className={tone === undefined ? 'board-state' : `board-state is-${tone}`} title={title}>
      <Icon size={14} aria-hidden />
      <span className="clip">{children}</span>
    </span>
  )
}

/** The file at hand with its bar; of the others, what is known of them. */
function ImportState({ file }: Props): ReactNode {
  const { plan, entry } = file
  const part = useJobs(({ jobs }) => {
    const job = currentJob(jobs)
    return job?.subject === plan.file ? job.part : null
  })
  if (part !== null) return <StateMeter done={part.done} total={part.total} label={`Importing ${plan.file}`} />
  if (entry.reading.status === 'ready') return <Checked file={file} />
  return <State icon={CircleDashed}>In this import</State>
}

function CheckMeter({ file }: Props): ReactNode {
  const progress = useBoard(state => (state.progress?.key === file.key ? state.progress : null))
  return <StateMeter done={progress?.done ?? 0} total={progress?.total ?? null} label={`Checking ${file.plan.file}`} />
}

type MeterProps = Readonly<{ done: number; total: number | null; label: string }>

function StateMeter({ done, total, label }: MeterProps): ReactNode {
  return (
    <span className="board-state board-state--reading">
      <Meter done={done} total={total} label={label} />
      <span className="number">{total === null || total === 0 ? '' : `${Math.floor((done / total) * 100)} %`}</span>
    </span>
  )
}
