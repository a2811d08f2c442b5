import type { ReactNode } from 'react'
import { editIcp, fitOf, useIcp } from '../../state/routing-icp.ts'
import { changeTier } from '../../state/routing-icp-rules.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

const NO_TIERS: Readonly<Record<string, number>> = {}

/** From which score on an account is of which tier: given and computed scores alike, where no tier is given. */
export function IcpTiers(): ReactNode {
  const { client } = useServices()
  const tiers = useIcp(state => fitOf(state)?.tierFrom ?? NO_TIERS)
  return (
    <section className="icp__tiers" aria-labelledby="tiers-title">
      <h2 id="tiers-title" className="section-title">
        Tiers <span className="muted">by the score of the CRM or of the rules, where the CRM gives no tier</span>
      </h2>
      <dl className="settings-list">
        {Object.entries(tiers)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([tier, from]) => (
            <div key={tier} className="settings-list__line">
              <dt>Tier {tier} from a score of</dt>
              <dd className="figure-field">
                <NumberField
                  label={`Score from which tier ${tier} is given`}
                  value={from}
                  step={5}
                  onChange={value => perform(editIcp(client, fit => changeTier(fit, tier, value), `tier ${tier}`))}
                  onClear={() => undefined}
                  onDone={() => undefined}
                />
              </dd>
            </div>
          ))}
      </dl>
    </section>
  )
}
