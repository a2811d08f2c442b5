import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { sum } from '#lib/num'
import type { Fault, FieldProof, Line } from '../../state/mapping-lines.ts'
import type { BoardFile } from '../../state/mapping-rows.ts'
import { count } from '../../ui/format.ts'
import { ShareBar } from '../../ui/ShareBar.tsx'
import { faultWords, linesWords, readingWords, TYPES } from './board-words.ts'
import { ColumnSettings } from './ColumnSettings.tsx'
import { mappableValues, ValueMap } from './ValueMap.tsx'

type Props = Readonly<{ file: BoardFile; line: Line }>

/** What the whole of one column says, and how it is to be read. */
export function ColumnDetail({ file, line }: Props): ReactNode {
  const { proof } = line
  const values = mappableValues(line)
  return (
    <>
      <header className="board-detail__head">
        <h2 className="panel-title board-detail__way">
          <code>{line.header ?? 'every row'}</code>
          <ArrowRight size={14} aria-label="fills" />
          {line.field === null ? <span>{asideWords(line)}</span> : <code>{line.field}</code>}
        </h2>
        <p className="muted">
          {TYPES[line.type] ?? line.type}
          {line.isRequired && ' · needed'}
          {line.others.length > 0 && ` · else from ${line.others.join(', ')}`}
        </p>
      </header>
      {proof !== null && <Proof proof={proof} isOpen={line.question !== null} />}
      {line.faults.length > 0 && <Faults faults={line.faults} />}
      {line.field !== null && <ColumnSettings file={file} line={line} />}
      {values === null ? (
        <SampleList samples={line.samples} />
      ) : (
        <ValueMap key={line.field} file={file} line={line} values={values} />
      )}
    </>
  )
}

const asideWords = ({ use }: Line): string =>
  use === 'custom' ? 'custom field' : use === 'secret' ? 'secret, not read' : 'left out'

function Proof({ proof, isOpen }: Readonly<{ proof: FieldProof; isOpen: boolean }>): ReactNode {
  const bad = sum(proof.faults.map(fault => (fault.code === 'value/missing' ? 0 : fault.count)))
  const counts = Object.entries(proof.counts).filter(([, times]) => times > 0)
  const total = proof.filled + proof.missing
  return (
    <section className="board-detail__part">
      <h3 className="section-title">Over the whole column</h3>
      <table className="board-counts">
        <tbody>
          <CountRow label="can be read" times={proof.filled - bad} total={total} />
          {bad > 0 && <CountRow label="cannot be read" times={bad} total={total} isBad />}
          {proof.missing > 0 && <CountRow label="empty" times={proof.missing} total={total} />}
          {counts.map(([reading, times]) => (
            <CountRow key={reading} label={readingWords(reading)} times={times} total={total} isInner />
          ))}
        </tbody>
      </table>
      {isOpen && <p className="board-detail__open">The values alone do not tell how they are to be read.</p>}
      {!isOpen && proof.reading !== null && <p className="soft">Read as {readingWords(proof.reading)}.</p>}
    </section>
  )
}

type CountProps = Readonly<{ label: string; times: number; total: number; isBad?: boolean; isInner?: boolean }>

function CountRow({ label, times, total, isBad = false, isInner = false }: CountProps): ReactNode {
  return (
    <tr className={[isBad ? 'is-bad' : '', isInner ? 'is-inner' : ''].join(' ')}>
      <th scope="row">{label}</th>
      <td className="number">{count(times)}</td>
      <td className="board-counts__bar" aria-hidden>
        <ShareBar share={total === 0 ? 0 : times / total} color={isBad ? 'var(--bad)' : 'var(--accent)'} />
      </td>
    </tr>
  )
}

function Faults({ faults }: Readonly<{ faults: readonly Fault[] }>): ReactNode {
  return (
    <section className="board-detail__part">
      <h3 className="section-title">Rows that would be held</h3>
      <ul className="board-faults">
        {faults.map(fault => (
          <li key={fault.code}>
            <p>
              {faultWords(fault)} <span className="muted">{linesWords(fault.lines, fault.count)}</span>
            </p>
            {fault.values.some(value => value !== '') && (
              <p className="board-faults__values">
                <code>{[...new Set(fault.values.filter(value => value !== ''))].join(' · ')}</code>
              </p>
            )}
            <p className="soft">{fault.message}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function SampleList({ samples }: Readonly<{ samples: readonly string[] }>): ReactNode {
  const shown = [...new Set(samples)].slice(0, 8)
  if (shown.length === 0) return null
  return (
    <section className="board-detail__part">
      <h3 className="section-title">Samples</h3>
      <ul className="board-detail__samples">
        {shown.map(sample => (
          <li key={sample}>{sample === '' ? <span className="muted">empty</span> : <code>{sample}</code>}</li>
        ))}
      </ul>
    </section>
  )
}
