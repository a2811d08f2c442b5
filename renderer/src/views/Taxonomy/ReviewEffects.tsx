import type { ReactNode } from 'react'
import type { Preview } from '../../state/taxonomy.ts'
import { count, counted, share } from '../../ui/format.ts'

/** Figures before and after, and the workspaces that would feel it. */
export function ReviewEffects({ preview: { before, after, workspaces } }: Readonly<{ preview: Preview }>): ReactNode {
  const ratio = (part: number, whole: number): string => share(whole === 0 ? 0 : part / whole)
  const lines: readonly (readonly [what: string, from: string, to: string])[] = [
    ['Events with a kind', ratio(before.withKind, before.events), ratio(after.withKind, after.events)],
    ['Events that earn points', ratio(before.earning, before.events), ratio(after.earning, after.events)],
    ['Names with a kind', count(before.namesWithKind), count(after.namesWithKind)],
  ]
  const sides = [
    [workspaces.gaining, 'gain'],
    [workspaces.losing, 'lose'],
    [workspaces.mixed, 'both'],
  ] as const
  const said = sides
    .filter(([figure]) => figure > 0)
    .map(([figure, does]) => `${count(figure)} ${does}`)
    .join(', ')
  return (
    <section aria-label="Effect">
      <table className="review__effects">
        <tbody>
          {lines.map(([what, from, to]) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td className="number muted">{from}</td>
              <td aria-hidden className="muted">
                →
              </td>
              <td className="number">{to}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="soft">
        {counted(workspaces.touched, 'workspace')} touched{said === '' ? ', points stay as they are' : `: ${said}`}.
        {workspaces.most.length > 0 && (
          <span className="muted">
            {' '}
            Most events:{' '}
            {workspaces.most
              .slice(0, 4)
              .map(({ id, name, events }) => `${name ?? id} ${events > 0 ? '+' : '−'}${count(Math.abs(events))}`)
              .join(', ')}
          </span>
        )}
      </p>
    </section>
  )
}
