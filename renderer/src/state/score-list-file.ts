import type { Client } from '#contract/contract'
import { LIST_COLUMNS } from '#schema/list-columns'
import type { ShellApi } from '../platform/shell-api.ts'
import { handOver } from './hand-over.ts'
import { runJob } from './jobs.ts'
import { useNavigation } from './navigation.ts'
import { useScoreColumns } from './score-columns.ts'
import { listLevel } from './score-level.ts'
import { appliedFilter, contractFilter, useScoreList } from './score-list.ts'
import { useScorePeople } from './score-people.ts'

type Written = Readonly<{ rows: number; folder: string; name: string }>

/** Writes the list of the level as it is seen into a folder of its own. Null: no folder was chosen. */
export async function writeList(
  client: Pick<Client, 'score.export' | 'score.exportPeople'>,
  shell: ShellApi,
  project: string,
): Promise<Written | null> {
  const place = await shell.newExport(project)
  if (place === null) return null
  const { level } = useNavigation.getState()
  const name = `${level}s_by_score.csv`
  const file = { target: place.token, name }
  const { rows } = await runJob('Write the list', options => {
    if (level === 'user') return client['score.exportPeople']({ ...seenPeople(), ...file }, options)
    return client['score.export']({ ...seenUnits(), ...file }, options)
  })
  await handOver(shell, place.token, name)
  return { rows, folder: place.folder, name }
}

function seenPeople() {
  const { sort, isDescending, search } = useScorePeople.getState()
  return { sort, descending: isDescending, search }
}

function seenUnits() {
  const { sort, isDescending } = useScoreList.getState()
  const { hidden } = useScoreColumns.getState()
  return {
    sort,
    descending: isDescending,
    filter: contractFilter(appliedFilter()),
    level: listLevel(),
    columns: LIST_COLUMNS.filter(column => !hidden.includes(column)),
  }
}
