import { type ReactNode, useEffect } from 'react'
import { useSimulator } from '../../state/simulator.ts'
import type { Opened } from '../../state/simulator-calls.ts'
import {
  type Compared,
  type Comparison,
  loadComparison,
  MOST_COMPARED,
  toggleCompared,
  useCompare,
} from '../../state/simulator-compare.ts'
import { useLibrary } from '../../state/simulator-library.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count, decimal } from '../../ui/format.ts'
import { LevelGlyph } from '../../ui/LevelGlyph.tsx'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { channelOf, DESTINATION_ORDER, stageOf } from '../words.ts'
import { Change } from './Change.tsx'

/** Up to four scenarios beside the base. */
export function CompareTab(): ReactNode {
  const { client } = useServices()
  const { status, chosen, scenarios } = useCompare()
  const kept = useLibrary(state => state.kept)
  const settled = useSimulator(state => state.settled)
  const opened = useSimulator(state => state.opened)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is at hand, or kept, may have changed
  useEffect(() => perform(loadComparison(client)), [client, settled, kept, opened])
  const choices: readonly Readonly<{ id: Compared; name: string }>[] = [
    { id: 'here', name: 'At hand' },
    ...kept.map(({ scenarioId, name }) => ({ id: scenarioId, name })),
  ]
  return (
    <div className="movers">
      <div className="movers__bar compare__bar">
        {choices.map(({ id, name }) => {
          const isOn = chosen.includes(id)
          return (
            <button
              key={id}
              type="button"
              className={isOn ? 'plain chip is-on' : 'plain chip'}
              aria-pressed={isOn}
              disabled={!isOn && chosen.length >= MOST_COMPARED}
              onClick={() => perform(toggleCompared(client, id))}
            >
              {name}
            </button>
          )
        })}
        {kept.length === 0 && <span className="muted">Save scenarios to see up to four side by side.</span>}
      </div>
      {status === 'failed' ? (
        <Retry title="The scenarios cannot be compared" again={() => loadComparison(client)} />
      ) : opened === null || status === 'idle' || (status === 'loading' && scenarios.length === 0) ? (
        <SkeletonRows rows={8} label="The scenarios are being compared" />
      ) : scenarios.length === 0 ? (
        <EmptyState title="No scenario is chosen">Choose up to four above.</EmptyState>
      ) : (
        <Table opened={opened} scenarios={scenarios} />
      )}
    </div>
  )
}

type TableProps = Readonly<{ opened: Opened; scenarios: readonly Comparison[] }>

function Table({ opened, scenarios }: TableProps): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must scroll by keyboard too
    <section className="scroll" aria-label="Comparison" tabIndex={0}>
      <table className="data-table compare" aria-label="Scenarios side by side">
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">Figure</span>
            </th>
            <th scope="col" className="number">
              Base
            </th>
            {scenarios.map(({ name }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two scenarios may have one name
              <th key={place} scope="col" className="number">
                <span className="compare__name clip">{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Thresholds opened={opened} scenarios={scenarios} />
          {opened.stageNames
            .map((name, stage) => (
              <Line
                key={name}
                label={<StageName name={name} />}
                base={opened.stageCounts[stage] ?? 0}
                values={scenarios.map(one => one.stageCounts[stage] ?? 0)}
              />
            ))
            .toReversed()}
          {DESTINATION_ORDER.map(id => (
            <VolumeLine key={id} id={id} opened={opened} scenarios={scenarios} />
          ))}
          <Line label="In another stage" base={0} values={scenarios.map(one => one.movers.stage)} />
          <Line label="To another destination" base={0} values={scenarios.map(one => one.movers.destination)} />
        </tbody>
      </table>
    </section>
  )
}

function StageName({ name }: Readonly<{ name: string }>): ReactNode {
  const { label, level, color } = stageOf(name)
  return (
    <span className="with-mark">
      <LevelGlyph level={level} color={color} /> {label}
    </span>
  )
}

function Thresholds({ opened, scenarios }: TableProps): ReactNode {
  const text = ({ warm, pql, hot }: Opened['stages']): string =>
    [warm, pql, hot].map(value => decimal(value)).join(' · ')
  return (
    <tr>
      <th scope="row">Warm · PQL · Hot from</th>
      <td className="number">{text(opened.stages)}</td>
      {scenarios.map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two scenarios may have one name
        <td key={place} className="number">
          <span className={text(one.stages) === text(opened.stages) ? 'muted' : undefined}>{text(one.stages)}</span>
        </td>
      ))}
    </tr>
  )
}

function VolumeLine({ id, opened, scenarios }: TableProps & Readonly<{ id: string }>): ReactNode {
  const of = (volumes: Opened['volumes']): number =>
    volumes.find(({ destination }) => destination === id)?.entrantsScenario ?? 0
  const { label, icon: Icon, color } = channelOf(id)
  return (
    <Line
      label={
        <span className="with-mark">
          <Icon size={14} strokeWidth={1.75} color={color} aria-hidden />
          {label} <span className="muted">new a week</span>
        </span>
      }
      base={of(opened.volumes)}
      values={scenarios.map(one => of(one.volumes))}
    />
  )
}

type LineProps = Readonly<{ label: ReactNode; base: number; values: readonly number[] }>

function Line({ label, base, values }: LineProps): ReactNode {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className="number soft">{count(base)}</td>
      {values.map((value, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two scenarios may have one name
        <td key={place} className="number">
          <Change from={base} to={value} /> {count(value)}
        </td>
      ))}
    </tr>
  )
}
