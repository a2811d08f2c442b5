import { Ban, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { openRecord } from '../../state/record.ts'
import type { Explanation } from '../../state/routing-explain.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { channelOf } from '../words.ts'

type Suppression = Explanation['suppressions'][number]

/** What could stop a channel of this workspace, and the records that say so. */
export function ExplainSuppressions({ suppressions }: Readonly<{ suppressions: readonly Suppression[] }>): ReactNode {
  return (
    <section aria-labelledby="stops-title">
      <h3 id="stops-title" className="section-title">
        Suppressions
      </h3>
      <ul className="stops">
        {suppressions.map(one => (
          <Line key={one.reason} suppression={one} />
        ))}
      </ul>
    </section>
  )
}

function Line({ suppression: { title, holds, stops, evidence } }: Readonly<{ suppression: Suppression }>): ReactNode {
  const { client } = useServices()
  const Icon = holds ? Ban : Minus
  const stopped = stops.map(id => channelOf(id).label).join(' · ')
  return (
    <li className={holds ? 'stop is-held' : 'stop'}>
      <Icon size={12} aria-hidden />
      <span>{title}</span>
      <span className="rule__verdict">
        {!holds ? 'no' : stops.length === 0 ? 'holds, stops nothing here' : `stops ${stopped}`}
      </span>
      {evidence.length > 0 && (
        <ul className="stop__evidence">
          {evidence.map(({ table, key, text }) => (
            <li key={`${table} ${key}`}>
              <button
                type="button"
                className="plain record-link"
                title={`Show the row of ${key}`}
                onClick={() => perform(openRecord(client, table, key))}
              >
                {text}
              </button>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}
