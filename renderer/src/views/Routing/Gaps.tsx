import type { ReactNode } from 'react'
import type { Check } from '../../state/routing-draft.ts'
import { count, counted, share } from '../../ui/format.ts'
import { ShareBar } from '../../ui/ShareBar.tsx'
import { UnitLink } from './UnitLink.tsx'

/** Workspaces for which nothing but the default holds, by score: a gap high up is a rule that is missing. */
export function Gaps({ gaps }: Readonly<{ gaps: Check['gaps'] }>): ReactNode {
  const bands = gaps.bands.toSorted((a, b) => b.from - a.from)
  return (
    <section aria-labelledby="gaps-title">
      <h2 id="gaps-title" className="section-title">
        Gaps{' '}
        <span className="muted">
          {gaps.units === 0
            ? 'every workspace meets a rule of its own'
            : `nothing but the default holds for ${counted(gaps.units, 'workspace')}, ${share(gaps.share)}`}
        </span>
      </h2>
      {bands.length > 0 && (
        <table className="plain-table" aria-label="Gaps by score">
          <thead className="unseen">
            <tr>
              <th scope="col">Score</th>
              <th scope="col">Workspaces</th>
              <th scope="col">Share</th>
              <th scope="col">Best among them</th>
            </tr>
          </thead>
          <tbody>
            {bands.map(({ from, to, units, example }) => (
              <tr key={from}>
                <th scope="row" className="nowrap">
                  Score {from}–{to}
                </th>
                <td className="number">{count(units)}</td>
                <td className="plain-table__bar">
                  <ShareBar share={gaps.units === 0 ? 0 : units / gaps.units} color="var(--ink-3)" />
                </td>
                <td className="plain-table__unit">
                  <UnitLink unit={example} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
