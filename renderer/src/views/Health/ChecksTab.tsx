import { type ReactNode, useEffect } from 'react'
import { chooseCheck, type HealthCheck, standingOf, toggleStanding, useHealth } from '../../state/health.ts'
import { count } from '../../ui/format.ts'
import { isTyping } from '../../ui/keys.ts'
import { CheckPanel } from './CheckPanel.tsx'
import { CheckTable } from './CheckTable.tsx'
import { STANDINGS, StandingGlyph } from './standing.tsx'

const NO_CHECKS: readonly HealthCheck[] = []

/** Every check, worst first, and one of them in full beside the list. */
export function ChecksTab(): ReactNode {
  const checks = useHealth(state => state.report?.checks ?? NO_CHECKS)
  const chosen = useHealth(state => state.chosen)
  const check = checks.find(({ code }) => code === chosen) ?? null
  useEffect(() => {
    window.addEventListener('keydown', onEscape)
    return () => window.removeEventListener('keydown', onEscape)
  }, [])
  return (
    <div className="checks">
      <div className="checks__main">
        <Standings checks={checks} />
        <CheckTable checks={checks} />
      </div>
      {check !== null && <CheckPanel check={check} />}
    </div>
  )
}

function Standings({ checks }: Readonly<{ checks: readonly HealthCheck[] }>): ReactNode {
  const chosen = useHealth(state => state.standings)
  return (
    <div className="filter-bar" role="toolbar" aria-label="Filters">
      {STANDINGS.map(({ id, many, means }) => {
        const figure = checks.filter(check => standingOf(check) === id).length
        return (
          <button
            key={id}
            type="button"
            className={chosen.includes(id) ? 'plain chip is-on' : 'plain chip'}
            aria-pressed={chosen.includes(id)}
            title={means}
            onClick={() => toggleStanding(id)}
          >
            <StandingGlyph standing={id} size={13} />
            <span className="chip__count">{count(figure)}</span>
            <span>{figure === 1 && id !== 'critical' && id !== 'passed' ? many.slice(0, -1) : many}</span>
          </button>
        )
      })}
    </div>
  )
}

function onEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.defaultPrevented || isTyping(event.target)) return
  if (document.querySelector('[role=dialog], [role=menu]') === null) chooseCheck(null)
}
