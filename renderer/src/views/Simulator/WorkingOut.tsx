import { Loader } from 'lucide-react'
import type { ReactNode } from 'react'
import { isIdentityPending, useSimulator } from '../../state/simulator.ts'
import { useSimulatorWork } from '../../state/simulator-work.ts'
import { Meter } from '../../ui/Meter.tsx'

/** Other persons take longer than a frame: scores and volumes are those before until they are worked out. */
export function WorkingOut(): ReactNode {
  const isPending = useSimulator(isIdentityPending)
  return (
    <div className="working-out">
      <span className="working-out__words" role="status">
        {isPending && <Loader size={12} className="spin" aria-hidden />}
        {isPending ? 'Working out scores and volumes' : ''}
      </span>
      {isPending && <HowFar />}
    </div>
  )
}

/** How far it is, once it takes its time. */
function HowFar(): ReactNode {
  const { isSlow, said } = useSimulatorWork()
  if (!isSlow) return null
  return (
    <span className="working-out__meter" title={said?.phase}>
      <Meter done={said?.done ?? 0} total={said?.total ?? null} label={said?.phase ?? 'Scores and volumes'} />
    </span>
  )
}
