import { openSpotlight } from '@mantine/spotlight'
import { ChevronRight, Search } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import { useExports } from '../../state/exports.ts'
import { go } from '../../state/navigation.ts'
import { useProject } from '../../state/project.ts'
import { modKey } from '../../ui/keys.ts'
import { JobTray } from './JobTray.tsx'
import { type Station, stationsOf } from './stations.ts'

/** The way of the data, left to right, each station with its figure and a way in. */
export function PipelineStrip(): ReactNode {
  const summary = useProject(state => state.summary)
  const written = useExports(state => state.written)
  const writtenRunId = useExports(state => state.writtenRunId)
  if (summary === null) return null
  const stations = stationsOf(summary, written === null ? null : { files: written.files.length, runId: writtenRunId })
  return (
    <section className="strip" aria-label="Pipeline and jobs">
      <nav aria-label="Pipeline">
        <ol className="strip__stations">
          {stations.map((station, place) => (
            <Fragment key={station.id}>
              {place > 0 && (
                <li aria-hidden className="strip__arrow">
                  <ChevronRight size={14} />
                </li>
              )}
              <li>
                <StationButton station={station} />
              </li>
            </Fragment>
          ))}
        </ol>
      </nav>
      <div className="screen__spacer" />
      <JobTray />
      <button type="button" className="plain search-button" onClick={openSpotlight}>
        <Search size={14} aria-hidden />
        <span>Search</span>
        <kbd className="key">{modKey()} K</kbd>
      </button>
    </section>
  )
}

function StationButton({ station }: Readonly<{ station: Station }>): ReactNode {
  return (
    <button type="button" className="plain station" title={station.means} onClick={() => go(station.screen)}>
      <span className="station__label">{station.label}</span>
      <span className={station.isEmpty ? 'station__figure muted' : 'station__figure'}>{station.figure}</span>
      {station.note !== null && (
        <span className={station.isStale ? 'station__note station__note--stale' : 'station__note'}>{station.note}</span>
      )}
    </button>
  )
}
