import { sum } from '#lib/num'
import type { Screen } from '../../state/navigation.ts'
import type { Summary } from '../../state/project.ts'
import { count } from '../../ui/format.ts'

export type Station = Readonly<{
  id: string
  label: string
  figure: string
  note: string | null
  isEmpty: boolean
  isStale: boolean
  means: string
  screen: Screen
}>

type Written = Readonly<{ files: number; runId: number | null }>
/** Destinations that hand a workspace to somebody. */
const QUIET = ['none', 'customer', 'nurture']

/** The six stations of the strip, from the summary of the project. */
export function stationsOf(summary: Summary, written: Written | null): readonly Station[] {
  const isStale = summary.scoreRun?.isStale ?? false
  return [...intake(summary), ...judged(summary, isStale), writtenOut(summary, written, isStale)]
}

function station(id: string, label: string, screen: Screen, figure: number | null, means: string): Station {
  const isEmpty = figure === null || figure === 0
  return { id, label, figure: count(figure), note: null, isEmpty, isStale: false, means, screen }
}

function intake(summary: Summary): readonly Station[] {
  const rows = sum(Object.values(summary.rowsPerTable))
  return [
    station('files', 'Files', 'import', summary.files, 'Files imported into this project.'),
    {
      ...station('rows', 'Rows', 'import', rows, 'Rows loaded from all files; held rows are not among them.'),
      note: summary.held > 0 ? `${count(summary.held)} held` : null,
    },
  ]
}

function judged({ persons, scoreRun, destinations }: Summary, isStale: boolean): readonly Station[] {
  const routed = Object.entries(destinations ?? {}).filter(([id]) => !QUIET.includes(id))
  const note = isStale ? 'stale' : null
  return [
    station('identities', 'People', 'identity', persons, 'People found behind the user ids of all exports.'),
    {
      ...station('scores', 'Scores', 'scores', scoreRun?.units ?? null, 'Workspaces scored in the newest run.'),
      note,
      isStale,
    },
    {
      ...station(
        'routes',
        'To act on',
        'routing',
        destinations === null ? null : sum(routed.map(([, units]) => units)),
        'Workspaces that somebody acts on: SDR, CSM, email, in-app and review. Nurture, customers without need and unrouted ones are not counted.',
      ),
      note,
      isStale,
    },
  ]
}

function writtenOut({ scoreRun }: Summary, written: Written | null, isStale: boolean): Station {
  const isOld = written !== null && (isStale || written.runId !== scoreRun?.runId)
  return {
    ...station('out', 'Files out', 'export', written?.files ?? null, 'Files written since the program was started.'),
    note: isOld ? 'older scores' : null,
    isStale: isOld,
  }
}
