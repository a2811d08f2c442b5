import type { ReactNode } from 'react'
import { explainUnit, searchToTest, useExplain } from '../../state/routing-explain.ts'
import { score } from '../../ui/format.ts'
import { SearchPicker } from '../../ui/SearchPicker.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** Which workspace the rules are tried on; nothing typed: the best ones. */
export function UnitPicker(): ReactNode {
  const { client } = useServices()
  const found = useExplain(state => state.found)
  const shown = useExplain(state => state.answer?.unit.unitName ?? state.unitId ?? '')
  return (
    <SearchPicker
      id="unit-to-test"
      className="explain__picker"
      label="Workspace"
      placeholder="Name, id or account of a workspace"
      chosen={shown}
      rows={found}
      keyOf={row => row.unitId}
      option={row => (
        <span className="match">
          <span className="clip">
            {row.unitName ?? row.unitId}{' '}
            <span className="muted">{row.accountName === row.unitName ? '' : row.accountName}</span>
          </span>
          <span className="number">{score(row.score)}</span>
        </span>
      )}
      empty="No workspace has this in its name, id or account"
      height={360}
      searchesOnFocus
      onSearch={text => perform(searchToTest(client, text))}
      onChoose={unitId => perform(explainUnit(client, unitId))}
    />
  )
}
