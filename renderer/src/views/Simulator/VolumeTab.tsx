import type { ReactNode } from 'react'
import { changeParameter, settle, useSimulator } from '../../state/simulator.ts'
import type { Parameter, Volume } from '../../state/simulator-calls.ts'
import { CapacityBar } from '../../ui/CapacityBar.tsx'
import { Definition } from '../../ui/Definition.tsx'
import { count } from '../../ui/format.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { channelOf, DESTINATION_ORDER } from '../words.ts'
import { Change } from './Change.tsx'

const NO_VOLUMES: readonly Volume[] = []

/** What each destination would hold, what would come to it in a week, and what it can take. */
export function VolumeTab(): ReactNode {
  const volumes = useSimulator(state => state.answer?.volumes ?? state.opened?.volumes ?? NO_VOLUMES)
  const parameters = useSimulator(state => state.opened?.parameters ?? [])
  const sorted = volumes.toSorted((a, b) => placeOf(a) - placeOf(b))
  return (
    <div className="scroll">
      <table className="data-table volumes" aria-label="Volume per destination">
        <thead>
          <tr>
            <th scope="col">Destination</th>
            <th scope="col" className="number">
              <Definition means="How many would be there now, and the difference from the base.">There now</Definition>
            </th>
            <th scope="col" className="number">
              <Definition means="How many would have come there in the seven days up to the as-of day: there now, elsewhere a week before.">
                New a week
              </Definition>
            </th>
            <th scope="col">Against capacity</th>
            <th scope="col" className="number">
              <Definition means="How many new ones a week the channel can work. From the CRM, or as typed here.">
                Capacity a week
              </Definition>
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(volume => (
            <VolumeLine
              key={volume.destination}
              volume={volume}
              parameter={parameters.find(one => one.group === 'capacities' && one.subject === volume.destination)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const placeOf = ({ destination }: Volume): number => DESTINATION_ORDER.indexOf(destination)

type LineProps = Readonly<{ volume: Volume; parameter: Parameter | undefined }>

function VolumeLine({ volume, parameter }: LineProps): ReactNode {
  const { destination, base, scenario, entrantsBase, entrantsScenario, capacity } = volume
  const { label, icon: Icon, color, means } = channelOf(destination)
  return (
    <tr>
      <th scope="row">
        <span className="with-mark" title={means}>
          <Icon size={14} strokeWidth={1.75} color={color} aria-hidden />
          {label}
        </span>
      </th>
      <td className="number">
        <Change from={base} to={scenario} /> {count(scenario)}
      </td>
      <td className="number">
        <Change from={entrantsBase ?? 0} to={entrantsScenario ?? 0} /> {count(entrantsScenario)}
      </td>
      <td className="volumes__bar">
        {parameter === undefined ? null : capacity === null ? (
          <span className="muted">no capacity set</span>
        ) : (
          <Against volume={volume} capacity={capacity} />
        )}
      </td>
      <td className="number">{parameter === undefined ? null : <Capacity volume={volume} parameter={parameter} />}</td>
    </tr>
  )
}

/** Where the capacity stands in its bar, so that what goes beyond it has room. */
const CAPACITY_AT = 0.7

/** New ones a week against what the channel can take, and what that leaves, in words. */
function Against({ volume, capacity }: Readonly<{ volume: Volume; capacity: number }>): ReactNode {
  const { destination, entrantsBase, entrantsScenario } = volume
  if (entrantsScenario === null) return null
  const [before, now] = [entrantsBase ?? 0, entrantsScenario]
  const isOver = now > capacity
  return (
    <span className="with-mark">
      <CapacityBar
        value={now}
        base={before}
        capacity={capacity}
        most={Math.max(1, capacity / CAPACITY_AT, now, before)}
        color={channelOf(destination).color}
      />
      <span className={isOver ? 'volumes__over' : 'muted'}>
        {isOver ? `${count(now - capacity)} over` : now === capacity ? 'full' : `${count(capacity - now)} free`}
      </span>
    </span>
  )
}

function Capacity({ volume, parameter }: Readonly<{ volume: Volume; parameter: Parameter }>): ReactNode {
  const { client } = useServices()
  const isCrm = volume.capacityFrom === 'crm'
  return (
    <span className="volumes__capacity">
      {isCrm && <span className="muted">CRM</span>}
      <NumberField
        label={`Capacity of ${channelOf(volume.destination).label} a week`}
        value={volume.capacity}
        step={1}
        onChange={value => perform(changeParameter(client, parameter, Math.max(0, Math.round(value))))}
        onClear={() => perform(changeParameter(client, parameter, parameter.value))}
        onDone={settle}
      />
    </span>
  )
}
