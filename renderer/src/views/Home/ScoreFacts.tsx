import type { ReactNode } from 'react'
import { useProject } from '../../state/project.ts'
import { count, dateTime, percent } from '../../ui/format.ts'
import { LevelGlyph } from '../../ui/LevelGlyph.tsx'
import { channelOf, DESTINATION_ORDER, STAGES } from '../words.ts'

/** The newest run in figures: how many of each stage, and where they go. */
export function ScoreFacts(): ReactNode {
  const run = useProject(state => state.summary?.scoreRun ?? null)
  const stages = useProject(state => state.summary?.stages ?? null)
  const destinations = useProject(state => state.summary?.destinations ?? null)
  if (run === null) return null
  return (
    <section aria-labelledby="scores-title" className="score-facts">
      <h2 id="scores-title" className="section-title">
        Newest scores
      </h2>
      <p className="soft score-facts__run">
        As of {dateTime(run.asOf)} · model {run.modelName} <code>{run.modelHash.slice(0, 8)}</code>
      </p>
      <Shares
        label="Workspaces by stage"
        total={run.units}
        lines={[...STAGES].reverse().map(stage => ({
          id: stage.id,
          label: stage.label,
          value: stages?.[stage.id] ?? 0,
          mark: <LevelGlyph level={stage.level} color={stage.color} />,
        }))}
      />
      <Shares
        label="Workspaces by destination"
        total={run.units}
        lines={DESTINATION_ORDER.map(id => {
          const { label, icon: Icon } = channelOf(id)
          return { id, label, value: destinations?.[id] ?? 0, mark: <Icon size={14} strokeWidth={1.75} aria-hidden /> }
        })}
      />
    </section>
  )
}

type Line = Readonly<{ id: string; label: string; value: number; mark: ReactNode }>
type SharesProps = Readonly<{ label: string; total: number; lines: readonly Line[] }>

function Shares({ label, total, lines }: SharesProps): ReactNode {
  return (
    <table className="data-table shares" aria-label={label}>
      <thead className="unseen">
        <tr>
          <th scope="col">Group</th>
          <th scope="col">Workspaces</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ id, label: name, value, mark }) => (
          <tr key={id} className={value === 0 ? 'is-faint' : undefined}>
            <th scope="row">
              <span className="with-mark">
                {mark}
                {name}
              </span>
            </th>
            <td className="number">{count(value)}</td>
            <td className="number muted">{percent(total === 0 ? null : value / total)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
