import type { ReactNode } from 'react'
import { openProject, useProject } from '../../state/project.ts'
import { useRecent } from '../../state/recent.ts'
import { bytes, date } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

type Props = Readonly<{ title: string }>

/** Projects of the data folder and recent ones, last changed first; the open one is left out. */
export function RecentProjects({ title }: Props): ReactNode {
  const { client } = useServices()
  const status = useRecent(state => state.status)
  const projects = useRecent(state => state.projects)
  const open = useProject(state => state.summary?.project ?? null)
  const others = projects.filter(entry => entry.name !== open?.name || entry.folder !== open.folder)
  if (status === 'loading') return <SkeletonRows rows={2} label="Projects are being looked up" />
  if (others.length === 0) return null
  return (
    <section className="projects" aria-labelledby="projects-title">
      <h2 id="projects-title" className="section-title">
        {title}
      </h2>
      <ul>
        {others.map(entry => (
          // not the token, which is new with every listing: a click must not lose its button
          <li key={`${entry.folder} ${entry.name}`}>
            <button
              type="button"
              className="plain projects__line"
              onClick={() => perform(openProject(client, entry.token))}
            >
              <span className="projects__name clip">{entry.name}</span>
              <span className="projects__folder clip">{entry.folder}</span>
              <span className="number muted">{bytes(entry.bytes)}</span>
              <span className="number muted">{date(entry.changedAt)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
