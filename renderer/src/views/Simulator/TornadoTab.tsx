import { Button } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { DESTINATIONS } from '#schema/policy'
import { useSimulator } from '../../state/simulator.ts'
import type { Tornado } from '../../state/simulator-calls.ts'
import { loadTornado, type Measure, useTornado } from '../../state/simulator-tornado.ts'
import { setSimulatorView } from '../../state/simulator-view.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count, percent } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { SwingBar } from '../../ui/SwingBar.tsx'
import { perform } from '../notify.tsx'
import { fieldOf, placeOfPath, subjectOf, titleOf, unitOfPath, valueText } from '../parameter-words.ts'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { channelOf } from '../words.ts'
import { Change } from './Change.tsx'

const MEASURES: readonly Measure[] = ['pql', ...DESTINATIONS]
const SHARES = [0.1, 0.2, 0.5]
const measureName = (measure: Measure): string => (measure === 'pql' ? 'PQL or hot' : channelOf(measure).label)

/** Which parameter moves a count most, when each alone is made smaller and larger. */
export function TornadoTab(): ReactNode {
  const { client } = useServices()
  const { status, measure, share, tornado, scenario, runId } = useTornado()
  const settled = useSimulator(state => state.settled)
  const openedRun = useSimulator(state => state.opened?.runId ?? null)
  useEffect(() => {
    const { status: known, runId: of } = useTornado.getState()
    if (known === 'idle' || of !== openedRun) perform(loadTornado(client))
  }, [client, openedRun])
  const isOld = tornado !== null && (scenario !== settled || runId !== openedRun)
  return (
    <div className="movers">
      <div className="movers__bar">
        <span>How many are</span>
        <select
          className="choice-field tornado__measure"
          aria-label="What is counted"
          value={measure}
          onChange={event => {
            const chosen = MEASURES.find(known => known === event.currentTarget.value)
            perform(loadTornado(client, { measure: chosen ?? 'pql' }))
          }}
        >
          {MEASURES.map(id => (
            <option key={id} value={id}>
              {measureName(id)}
            </option>
          ))}
        </select>
        <span>when one figure alone goes</span>
        <select
          className="choice-field tornado__share"
          aria-label="By how much"
          value={share}
          onChange={event => perform(loadTornado(client, { share: Number(event.currentTarget.value) }))}
        >
          {SHARES.map(value => (
            <option key={value} value={value}>
              ± {percent(value)}
            </option>
          ))}
        </select>
        <div className="screen__spacer" />
        {isOld && (
          <Button variant="default" loading={status === 'loading'} onClick={() => perform(loadTornado(client))}>
            Work out for these changes
          </Button>
        )}
      </div>
      {status === 'failed' ? (
        <Retry title="The sensitivity cannot be shown" again={() => loadTornado(client)} />
      ) : tornado === null ? (
        <SkeletonRows rows={10} label="Every parameter is being moved" />
      ) : (
        <Bars tornado={tornado} isOld={isOld || status === 'loading'} />
      )}
    </div>
  )
}

function Bars({ tornado, isOld }: Readonly<{ tornado: Tornado; isOld: boolean }>): ReactNode {
  const bars = tornado.bars.filter(({ swing }) => swing > 0)
  const still = tornado.bars.length - bars.length
  const most = Math.max(
    1,
    ...bars.flatMap(({ low, high }) => [low, high].map(end => Math.abs(end.count - tornado.count))),
  )
  if (bars.length === 0)
    return <EmptyState title="No parameter alone moves this count">Try a larger change, or another count.</EmptyState>
  return (
    <div className="scroll tornado" aria-busy={isOld}>
      <table className="data-table" aria-label="Sensitivity">
        <thead>
          <tr>
            <th scope="col">Parameter</th>
            <th scope="col" className="number">
              <span className="tornado__mark tornado__mark--low" aria-hidden /> Lower
            </th>
            <th scope="col" className="tornado__axis">
              {count(tornado.count)} now
            </th>
            <th scope="col">
              <span className="tornado__mark tornado__mark--high" aria-hidden /> Higher
            </th>
          </tr>
        </thead>
        <tbody>
          {bars.map(bar => (
            <BarLine key={bar.parameterId} bar={bar} base={tornado.count} most={most} />
          ))}
        </tbody>
        {still > 0 && (
          <tfoot>
            <tr>
              <td colSpan={4} className="muted">
                {count(still)} more parameters do not move it.
              </td>
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}

type LineProps = Readonly<{ bar: Tornado['bars'][number]; base: number; most: number }>

function BarLine({ bar: { path, low, high }, base, most }: LineProps): ReactNode {
  const unit = unitOfPath(path)
  const place = placeOfPath(path)
  const find = (): void => setSimulatorView({ search: `${subjectOf(place)} ${fieldOf(place.field).label}`.trim() })
  return (
    <tr>
      <th scope="row">
        <button type="button" className="plain link-button" title="Find it among the parameters" onClick={find}>
          {titleOf(path)}
        </button>
      </th>
      <td className="number nowrap">
        <span className="muted">{valueText(low.value, unit)}</span> <Change from={base} to={low.count} />
      </td>
      <td>
        <SwingBar low={low.count} high={high.count} base={base} most={most} />
      </td>
      <td className="nowrap">
        <Change from={base} to={high.count} /> <span className="muted">{valueText(high.value, unit)}</span>
      </td>
    </tr>
  )
}
