import type { ReactNode } from 'react'
import { sum } from '#lib/num'
import { type DryRun, setCrmView } from '../../state/export-crm.ts'
import { ColumnHead } from '../../ui/ColumnHead.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count } from '../../ui/format.ts'
import { FIGURES, FINDINGS } from './crm-words.ts'

const FINDING_OF: Readonly<Partial<Record<(typeof FIGURES)[number]['id'], keyof typeof FINDINGS>>> = {
  held: 'missing_required',
  matchedTwice: 'matched_twice',
  withoutOwner: 'without_owner',
  overLimit: 'over_limit',
  unknownOption: 'unknown_option',
}

/** How many records of each object would be created, updated or left, and what is wrong with how many. */
export function CrmRecords({ answer }: Readonly<{ answer: DryRun }>): ReactNode {
  const { objects } = answer
  const written = sum(objects.map(({ create, update }) => create + update))
  if (objects.length === 0)
    return <EmptyState title="The CRM gets nothing">No workspace is handed over by the newest routes.</EmptyState>
  return (
    <div className="scroll crm-records">
      <table className="data-table" aria-label="Records by object">
        <thead>
          <tr>
            <th scope="col">Object</th>
            {FIGURES.map(column => (
              <ColumnHead key={column.id} column={{ ...column, align: 'end' }} direction={null} onSort={undefined} />
            ))}
          </tr>
        </thead>
        <tbody>
          {objects.map(row => (
            <tr key={row.object}>
              <th scope="row" title={row.files.join('\n')}>
                <span className="two-lines">
                  <span>{row.title}</span>
                  <span className="muted clip crm-records__files">{row.files.join(', ')}</span>
                </span>
              </th>
              {FIGURES.map(({ id, isTrouble }) => (
                <td key={id} className="number">
                  <Figure value={row[id]} id={id} isTrouble={isTrouble} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            {FIGURES.map(({ id }) => (
              <td key={id} className="number">
                {count(sum(objects.map(row => row[id])))}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
      {written === 0 && (
        <p className="crm__note soft">Nothing has changed since the last export: no record would be written.</p>
      )}
    </div>
  )
}

type FigureProps = Readonly<{ value: number; id: (typeof FIGURES)[number]['id']; isTrouble: boolean }>

/** Trouble leads to its findings. */
function Figure({ value, id, isTrouble }: FigureProps): ReactNode {
  if (value === 0) return <span className="muted">0</span>
  const kind = FINDING_OF[id]
  if (!isTrouble || kind === undefined) return count(value)
  return (
    <button
      type="button"
      className="plain link-button crm-records__trouble"
      aria-label={`${FINDINGS[kind].label}: ${count(value)}, show them`}
      onClick={() => setCrmView({ part: 'findings', kind })}
    >
      {count(value)}
    </button>
  )
}
