import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { type CheckedRule, rulesOf, useRouting } from '../../state/routing-draft.ts'
import { count, counted, percent } from '../../ui/format.ts'

const NONE: readonly string[] = []

/** The one thing that matters most about a rule: it cannot decide, it decides nothing, or an earlier one takes its share. */
export function RuleNote({ ruleId }: Readonly<{ ruleId: string }>): ReactNode {
  const rules = useRouting(rulesOf)
  const checked = useRouting(state => state.check?.rules.find(known => known.ruleId === ruleId) ?? null)
  const units = useRouting(state => state.check?.units ?? 0)
  const warning = useWarning(ruleId)
  if (warning !== null) return <Warning>{warning}</Warning>
  if (checked === null) return null
  if (checked.isDefault) return <DefaultNote checked={checked} units={units} />
  if (checked.decides === 0 && checked.holdsFor === 0) return <span className="muted">Holds for nobody now</span>
  const most = checked.takenBy.toSorted((a, b) => b.units - a.units)[0]
  if (most === undefined) return null
  return (
    <span className="soft clip" title={`Such as ${most.example.unitName ?? most.example.unitId}`}>
      {count(most.units)} go by {placesText(rules, [most.ruleId])} first
    </span>
  )
}

/** The same where there is no room for a column of notes: only what has to be mended. */
export function RuleWarning({ ruleId }: Readonly<{ ruleId: string }>): ReactNode {
  const warning = useWarning(ruleId)
  return warning === null ? null : <Warning>{warning}</Warning>
}

function useWarning(ruleId: string): string | null {
  const rules = useRouting(rulesOf)
  const shadowedBy = useRouting(state => state.check?.rules.find(known => known.ruleId === ruleId)?.shadowedBy ?? NONE)
  const faults = useRouting(
    state => state.issues.filter(({ path }) => path.startsWith(`rules.${placeOf(rules, ruleId)}.`)).length,
  )
  if (faults > 0) return `${counted(faults, 'field')} to correct`
  if (shadowedBy.length === 0) return null
  return `Never decides: ${placesText(rules, shadowedBy)} ${shadowedBy.length === 1 ? 'takes' : 'take'} all`
}

function DefaultNote({ checked, units }: Readonly<{ checked: CheckedRule; units: number }>): ReactNode {
  return <span className="soft clip">Default, decides {percent(units === 0 ? 0 : checked.decides / units)}</span>
}

function Warning({ children }: Readonly<{ children: ReactNode }>): ReactNode {
  return (
    <span className="rule-warning">
      <TriangleAlert size={12} aria-hidden />
      <span className="clip">{children}</span>
    </span>
  )
}

type Rules = ReturnType<typeof rulesOf>

export const placeOf = (rules: Rules, ruleId: string): number => rules.findIndex(({ id }) => id === ruleId)

/** `rule 3`, `rules 3 and 4` */
export function placesText(rules: Rules, ids: readonly string[]): string {
  const places = ids.map(id => placeOf(rules, id) + 1).filter(place => place > 0)
  const last = places.at(-1)
  if (places.length <= 1) return `rule ${last ?? '–'}`
  return `rules ${places.slice(0, -1).join(', ')} and ${last}`
}
