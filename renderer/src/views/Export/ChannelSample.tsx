import type { ReactNode } from 'react'
import type { Preview } from '../../state/exports.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count, counted } from '../../ui/format.ts'
import { channelOf } from '../words.ts'

type Props = Readonly<{ chosen: Preview['channels'][number] }>

/** The first rows of a list as they would stand in the file. */
export function ChannelSample({ chosen }: Props): ReactNode {
  const { label, means } = channelOf(chosen.channel)
  const headers = Object.keys(chosen.sample[0] ?? {})
  return (
    <section className="channel-sample" aria-labelledby="sample-title">
      <div className="channel-sample__head">
        <h2 id="sample-title" className="panel-title">
          {label} <span className="muted">{counted(chosen.rows, 'row')}</span>
        </h2>
        <p className="soft">
          {means} {chosen.sample.length < chosen.rows && `The first ${count(chosen.sample.length)} rows:`}
        </p>
      </div>
      {headers.length === 0 ? (
        <EmptyState title="This list is empty">No workspace is routed here by the newest scores.</EmptyState>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable without a pointer
        <section className="channel-sample__scroll" tabIndex={0} aria-label="First rows">
          <table className="data-table sheet">
            <thead>
              <tr>
                {headers.map(header => (
                  <th key={header} scope="col">
                    {header}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {chosen.sample.map((row, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: sample rows have no key of their own
                <tr key={place}>
                  {headers.map(header => (
                    <td key={header} title={row[header]}>
                      <span className="sheet__cell clip">{row[header]}</span>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  )
}
