import type { ReactNode } from 'react'
import { type DryRun, type FindingKind, setCrmView, useCrmExport } from '../../state/export-crm.ts'
import { openUnit } from '../../state/navigation.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count, words } from '../../ui/format.ts'
import { FINDINGS } from './crm-words.ts'

/** Each finding with its record and the workspace that it comes from. */
export function Findings({
  answer: { findings, findingsTotal, findingSorts },
}: Readonly<{ answer: DryRun }>): ReactNode {
  const kind = useCrmExport(state => state.kind)
  const kinds = [...new Set(findings.map(finding => finding.kind))]
  const totalOf = (wanted: FindingKind): number =>
    findingSorts.reduce((sum, sort) => sum + (sort.kind === wanted ? sort.findings : 0), 0)
  const total = kind === null ? findingsTotal : totalOf(kind)
  const shown = kind === null ? findings : findings.filter(finding => finding.kind === kind)
  if (findingsTotal === 0)
    return <EmptyState title="Nothing stands out">The CRM should take every record as it is.</EmptyState>
  return (
    <>
      <div className="filter-bar crm-findings__bar" role="toolbar" aria-label="Kinds of findings">
        {kinds.map(known => (
          <Chip key={known} kind={known} isOn={known === kind} number={totalOf(known)} />
        ))}
        {total > shown.length && (
          <span className="muted">
            The first {count(shown.length)} of {count(total)}
          </span>
        )}
      </div>
      <div className="scroll crm-findings">
        <table className="data-table" aria-label="Findings">
          <thead>
            <tr>
              <th scope="col">Finding</th>
              <th scope="col">Object</th>
              <th scope="col">Record</th>
              <th scope="col">What</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(finding => (
              <tr key={`${finding.kind} ${finding.object} ${finding.key} ${finding.text}`}>
                <td className="nowrap">{FINDINGS[finding.kind].label}</td>
                <td className="soft">{words(finding.object)}</td>
                <td>
                  <button type="button" className="plain record-link" onClick={() => openUnit(finding.unitId)}>
                    <code>{finding.key}</code>
                  </button>
                </td>
                <td className="soft crm-findings__text">{finding.text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function Chip({ kind, isOn, number }: Readonly<{ kind: FindingKind; isOn: boolean; number: number }>): ReactNode {
  const { label, means } = FINDINGS[kind]
  return (
    <button
      type="button"
      className={isOn ? 'plain chip is-on' : 'plain chip'}
      aria-pressed={isOn}
      title={means}
      onClick={() => setCrmView({ kind: isOn ? null : kind })}
    >
      {label} <span className="chip__count">{count(number)}</span>
    </button>
  )
}
