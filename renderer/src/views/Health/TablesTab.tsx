import type { ReactNode } from 'react'
import { FillHeat } from './FillHeat.tsx'
import { Freshness } from './Freshness.tsx'
import { JoinCoverage } from './JoinCoverage.tsx'

/** How the tables fit together, how fresh they are, and how full each of their columns is. */
export function TablesTab(): ReactNode {
  return (
    <div className="tables-tab">
      <div className="tables-tab__pair">
        <JoinCoverage />
        <Freshness />
      </div>
      <FillHeat />
    </div>
  )
}
