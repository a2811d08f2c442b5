import type { ReactNode } from 'react'
import { stagesOf, useSimulator } from '../../state/simulator.ts'
import { stageCountsOf } from '../../state/simulator-counts.ts'
import { count, share } from '../../ui/format.ts'
import { LevelGlyph } from '../../ui/LevelGlyph.tsx'
import { STAGES, type StageWords } from '../words.ts'
import { Change } from './Change.tsx'

/** How many are in each stage, counted here, so that it moves with the handle. */
export function StageStrip(): ReactNode {
  return (
    <dl className="stage-strip" aria-label="Stages">
      {STAGES.map(stage => <StageFigure key={stage.id} stage={stage} />).toReversed()}
    </dl>
  )
}

function StageFigure({ stage }: Readonly<{ stage: StageWords }>): ReactNode {
  const now = useSimulator(state => {
    const reaching = state.answer?.columns.reaching ?? state.opened?.columns.reaching ?? []
    return stageCountsOf(reaching, stagesOf(state))[stage.level] ?? 0
  })
  const base = useSimulator(state => state.opened?.stageCounts[stage.level] ?? 0)
  const units = useSimulator(state => state.opened?.units ?? 0)
  return (
    <div className="stage-strip__stage">
      <dt className="with-mark" title={stage.means}>
        <LevelGlyph level={stage.level} color={stage.color} />
        {stage.label}
      </dt>
      <dd>
        <span className="stage-strip__figure">{count(now)}</span>
        <Change from={base} to={now} />
        <span className="stage-strip__note">
          {now === base ? share(units === 0 ? 0 : now / units) : `from ${count(base)}`}
        </span>
      </dd>
    </div>
  )
}
