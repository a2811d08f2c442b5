import type { ReactNode } from 'react'
import { type CheckedRule, rulesOf, type UnitRef, useRouting } from '../../state/routing-draft.ts'
import { count, counted } from '../../ui/format.ts'
import { placesText } from './RuleNote.tsx'
import { UnitLink } from './UnitLink.tsx'

/** What a rule comes to: whom it decides, whom earlier rules take, and who that is. */
export function RuleReach({ ruleId }: Readonly<{ ruleId: string }>): ReactNode {
  const rules = useRouting(rulesOf)
  const checked = useRouting(state => state.check?.rules.find(known => known.ruleId === ruleId) ?? null)
  const isOld = useRouting(state => state.isCheckOld)
  if (checked === null) return null
  const titleOf = (id: string): string => rules.find(rule => rule.id === id)?.title ?? id
  return (
    <section aria-label="What it comes to" aria-busy={isOld} className="rule-reach">
      <h3 className="section-title">
        Decides {counted(checked.decides, 'workspace')}
        <span className="muted"> of {count(checked.holdsFor)} for which it holds</span>
      </h3>
      <Units units={checked.examples} label="Best among those it decides" />
      {checked.shadowedBy.length > 0 && <Shadow checked={checked} by={placesText(rules, checked.shadowedBy)} />}
      {checked.takenBy.length > 0 && (
        <>
          <h3 className="section-title">Holds too, but an earlier rule decides</h3>
          <ul className="rule-reach__list">
            {checked.takenBy.map(({ ruleId: id, units, example }) => (
              <li key={id} className="rule-reach__taken">
                <span className="number">{count(units)}</span>
                <span className="clip soft" title={titleOf(id)}>
                  {placesText(rules, [id])}: {titleOf(id)}
                </span>
                <UnitLink unit={example} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function Shadow({ checked, by }: Readonly<{ checked: CheckedRule; by: string }>): ReactNode {
  return (
    <p className="rule-reach__shadow">
      It can never decide: whatever the data, {by} {checked.shadowedBy.length === 1 ? 'takes' : 'take'} every workspace
      for which it holds. Move it up, or remove it.
      {checked.shadowExample !== null && (
        <>
          {' '}
          Such as <UnitLink unit={checked.shadowExample} />
        </>
      )}
    </p>
  )
}

function Units({ units, label }: Readonly<{ units: readonly UnitRef[]; label: string }>): ReactNode {
  if (units.length === 0) return null
  return (
    <ul className="rule-reach__units" aria-label={label}>
      {units.map(unit => (
        <li key={unit.unitId}>
          <UnitLink unit={unit} />
        </li>
      ))}
    </ul>
  )
}
