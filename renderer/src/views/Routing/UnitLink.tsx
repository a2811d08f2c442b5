import type { ReactNode } from 'react'
import type { UnitRef } from '../../state/routing-draft.ts'
import { testUnit } from '../../state/routing-explain.ts'
import { score } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** A workspace by its name and score; opens the test of the rules on it. */
export function UnitLink({ unit }: Readonly<{ unit: UnitRef }>): ReactNode {
  const { client } = useServices()
  return (
    <button
      type="button"
      className="plain unit-link"
      title={`Try the rules on ${unit.unitName ?? unit.unitId}`}
      onClick={event => {
        event.stopPropagation()
        perform(testUnit(client, unit.unitId))
      }}
    >
      <span className="clip">{unit.unitName ?? unit.unitId}</span>
      <span className="unit-link__score">{score(unit.score)}</span>
    </button>
  )
}
