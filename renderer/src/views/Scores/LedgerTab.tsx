import { type ReactNode, useMemo } from 'react'
import { sum } from '#lib/num'
import { useModel } from '../../state/model.ts'
import { type ScoreLine, showTab, type UnitDetail } from '../../state/score-unit.ts'
import { showEvents } from '../../state/unit-events.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Definition } from '../../ui/Definition.tsx'
import { decimal, exactly, factor, points, score, shortDay } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { signalWords } from '../signal-words.ts'
import { bucketOf } from '../words.ts'
import { hasEvents, lineKey } from './ledger.ts'

type Props = Readonly<{ unit: UnitDetail }>

const figure = (id: keyof ScoreLine & `points${string}`, header: string, means: string): Column<ScoreLine> => ({
  id,
  header,
  means,
  align: 'end',
  sortBy: line => line[id],
  cell: line => points(line[id]),
})

const TIMES: readonly Column<ScoreLine>[] = [
  {
    id: 'occurrences',
    header: 'Times',
    means: 'Occurrences over all days, before the cap.',
    align: 'end',
    sortBy: line => line.occurrences,
    cell: line => decimal(line.occurrences),
  },
]

const POINTS: readonly Column<ScoreLine>[] = [
  figure('pointsBeforeCap', 'Raw', 'Occurrences × points of the signal, before the cap.'),
  figure('pointsAfterCap', 'Capped', 'After the cap of each window, taken from the newest day backwards.'),
  figure('pointsAfterDecay', 'Decayed', 'Each day weighted by its age.'),
  {
    id: 'role',
    header: 'Role',
    means: 'Role factor of the representative person; 1 where no role applies.',
    align: 'end',
    cell: line => <span className={line.roleFactor === 1 ? 'muted' : undefined}>{factor(line.roleFactor)}</span>,
  },
]

const FINAL: Column<ScoreLine> = {
  id: 'final',
  header: 'Final',
  means: "After role factor and the bucket's maximum; rounded so that what is written adds up to the score.",
  align: 'end',
  sortBy: line => line.finalPoints,
  cell: line => (
    <strong className={line.finalPoints < 0 ? 'is-negative' : undefined} title={exactly(line.finalPoints)}>
      {points(line.printedPoints)}
    </strong>
  ),
}

/** The ledger: every line from its events to its points; choosing one shows its events. */
export function LedgerTab({ unit }: Props): ReactNode {
  const { client } = useServices()
  const model = useModel(state => state.model)
  const columns = useMemo(() => [signalColumn(unit, model), ...TIMES, ...POINTS, FINAL], [unit, model])
  const open = (line: ScoreLine): void => {
    if (!hasEvents(line)) return
    perform(showEvents(client, unit.row.unitId, line.signal))
    showTab('timeline')
  }
  return (
    <section aria-labelledby="ledger-title">
      <h3 id="ledger-title" className="section-title">
        Ledger
      </h3>
      <p className="soft">
        From occurrences to points, left to right; under each signal its first and last day. Choose a line to see its
        events.
      </p>
      <div className="scroll-x">
        <DataTable
          label="Ledger"
          columns={columns}
          rows={unit.lines}
          keyOf={lineKey}
          sort={{ id: 'final', desc: true }}
          onSelect={open}
          foot={<Sum unit={unit} columns={columns.length} />}
        />
      </div>
    </section>
  )
}

function signalColumn(unit: UnitDetail, model: ReturnType<typeof useModel.getState>['model']): Column<ScoreLine> {
  return {
    id: 'signal',
    header: 'Signal',
    sortBy: line => line.signal,
    cell: line => {
      const { label, means, formula } = signalWords(model, line.signal)
      const person = unit.people.find(known => known.personId === line.personId)
      return (
        <span
          className="ledger-signal"
          title={person === undefined ? 'The whole workspace' : `Of ${person.name ?? person.personId}`}
        >
          <span className="ledger-signal__mark" style={{ background: bucketOf(line.bucket).color }} aria-hidden />
          <span className="ledger-signal__text">
            <Definition means={means} formula={formula}>
              {label}
            </Definition>
            <span className="muted clip">
              {[bucketOf(line.bucket).label, daysOf(line)].filter(part => part !== '').join(' · ')}
            </span>
          </span>
        </span>
      )
    },
  }
}

/** `17 May to 29 May`, or the one day; empty where no event stands behind the line. */
function daysOf({ firstDay, lastDay }: ScoreLine): string {
  if (firstDay === null) return ''
  return firstDay === lastDay ? shortDay(lastDay) : `${shortDay(firstDay)} to ${shortDay(lastDay)}`
}

function Sum({ unit, columns }: Readonly<{ unit: UnitDetail; columns: number }>): ReactNode {
  const exact = sum(unit.lines.map(line => line.finalPoints))
  return (
    <tr>
      <th scope="row" colSpan={columns - 1}>
        Sum of all lines <span className="muted">unrounded {exact.toFixed(6)}</span>
      </th>
      <td className="number">
        <strong>{score(unit.row.score)}</strong>
      </td>
    </tr>
  )
}
