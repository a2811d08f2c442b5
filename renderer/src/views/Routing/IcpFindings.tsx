import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { type IcpFinding, useIcp } from '../../state/routing-icp.ts'

const LEVELS = {
  fault: { label: 'Fault', icon: CircleAlert },
  warning: { label: 'Warning', icon: TriangleAlert },
  note: { label: 'Note', icon: Info },
} as const
const NONE: readonly IcpFinding[] = []

/** Gaps, overlaps and faults of the rules on these accounts. */
export function IcpFindings(): ReactNode {
  const findings = useIcp(state => state.preview?.findings ?? NONE)
  const hasRules = useIcp(state => (state.preview?.rules.length ?? 0) > 0)
  if (findings.length === 0 || !hasRules) return null
  return (
    <section className="findings icp__findings" aria-label="Findings about the ICP rules">
      <ul>
        {findings.map(finding => {
          const { label, icon: Icon } = LEVELS[finding.level]
          return (
            <li
              key={`${finding.rule} ${finding.message}`}
              className={`findings__line findings__line--${finding.level}`}
            >
              <Icon size={14} aria-label={label} />
              <span className="findings__place">
                {finding.rule === null ? 'All rules' : `Rule ${finding.rule + 1}`}
              </span>
              <span className="findings__message">{finding.message}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
