import { Button } from '@mantine/core'
import { ArrowUpRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { openUnit } from '../../state/navigation.ts'
import { useSimulator } from '../../state/simulator.ts'
import { useFragility } from '../../state/simulator-fragility.ts'
import { score } from '../../ui/format.ts'
import { changeText, titleOf, unitOfPath } from '../parameter-words.ts'
import { channelOf } from '../words.ts'

/** The smallest single changes that would send the chosen unit elsewhere. */
export function FlipStrip(): ReactNode {
  const unit = useFragility(state => state.opened)
  const flips = useFragility(state => state.flips)
  const level = useSimulator(state => state.opened?.level ?? 'workspace')
  if (unit === null) return null
  return (
    <section className="flips" aria-label="Smallest changes" aria-busy={flips === null}>
      <div className="flips__head">
        <h2 className="section-title clip">
          {flips?.length === 0 ? 'No single change sends' : 'Smallest single change that sends'}{' '}
          {unit.unitName ?? unit.unitId} elsewhere
        </h2>
        <Button
          variant="subtle"
          color="gray"
          rightSection={<ArrowUpRight size={14} aria-hidden />}
          onClick={() => openUnit(unit.unitId, level)}
        >
          Open
        </Button>
      </div>
      <ol>
        {flips?.map(flip => (
          <li key={flip.parameterId} className="flips__line">
            <span className="clip">{titleOf(flip.path)}</span>
            <span className="changes__values">{changeText(flip.from, flip.to, unitOfPath(flip.path))}</span>
            <span className="muted">
              {score(flip.outcome.score)} points, to {channelOf(flip.outcome.destination).label}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
