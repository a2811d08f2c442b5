import { Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { useProject } from '../../state/project.ts'
import { writeList } from '../../state/score-list-file.ts'
import { counted } from '../../ui/format.ts'
import { notifyDone, perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** Writes the list as it is seen: its rows in its order, with the columns that are not switched off. */
export function WriteList(): ReactNode {
  const { client, shell } = useServices()
  const project = useProject(state => state.summary?.project.name ?? 'scores')
  const write = async (): Promise<void> => {
    const written = await writeList(client, shell, project)
    if (written === null) return
    notifyDone(`${counted(written.rows, 'row')} written`, `${written.name} is in ${written.folder}.`)
  }
  return (
    <button
      type="button"
      className="plain chip"
      aria-label="Write this list to a file"
      title="Write this list to a CSV file: these rows in this order, with these columns"
      onClick={() => perform(write())}
    >
      <Download size={14} aria-hidden />
    </button>
  )
}
