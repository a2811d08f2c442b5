import { ActionIcon } from '@mantine/core'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { closeUnit } from '../../state/navigation.ts'
import type { UnitDetail } from '../../state/score-unit.ts'
import { Definition } from '../../ui/Definition.tsx'
import { dateTime, score } from '../../ui/format.ts'
import { LevelGlyph } from '../../ui/LevelGlyph.tsx'
import { channelOf, stageOf } from '../words.ts'
import { ownerOf } from './owner.ts'

type Props = Readonly<{ unit: UnitDetail }>

/** Name, score, stage, destination: what is asked first. */
export function UnitHead({ unit }: Props): ReactNode {
  const { row } = unit
  const about = [row.accountName, row.unitId, unit.plan, row.isPaid ? 'paid' : null].filter(part => part !== null)
  return (
    <header className="unit-head">
      <div className="unit-head__names">
        <h2 className="unit-head__name clip">{row.unitName ?? row.unitId}</h2>
        <p className="muted clip">{[...new Set(about)].join(' · ')}</p>
      </div>
      <PanelClose />
      <div className="unit-head__verdict">
        <ScoreFigure unit={unit} />
        <Verdict unit={unit} />
      </div>
    </header>
  )
}

/** Closes the panel; also what is shown of it while there is nothing to show. */
export function PanelClose(): ReactNode {
  return (
    <ActionIcon className="unit-head__close" aria-label="Close the panel" onClick={closeUnit}>
      <X size={16} aria-hidden />
    </ActionIcon>
  )
}

function ScoreFigure({ unit }: Props): ReactNode {
  const { row, range, total } = unit
  const stage = stageOf(row.stage)
  const isCertain = score(range[0]) === score(range[1])
  return (
    <div className="unit-head__score">
      <Definition
        plain
        means={`The sum of all ledger lines, as of ${dateTime(unit.asOf)}, by the model ${unit.modelName}.`}
        formula={`total ${total.toFixed(4)}, held within 0 to 100, to one decimal`}
      >
        <span className="unit-head__figure">{score(row.score)}</span>
      </Definition>
      <div className="unit-head__stages">
        <span className="with-mark unit-head__stage">
          <LevelGlyph level={stage.level} color={stage.color} />
          {stage.label}
        </span>
        {!isCertain && (
          <Definition means="Lowest and highest score, had the unknown fields it rests on (role, seniority, department) been known.">
            <span className="muted">
              {score(range[0])} to {score(range[1])}
            </span>
          </Definition>
        )}
      </div>
    </div>
  )
}

function Verdict({ unit }: Props): ReactNode {
  const { row } = unit
  const { label, icon: Icon, color, means } = channelOf(row.destination)
  const also = row.also.map(id => channelOf(id).label)
  const owner = ownerOf(row)
  const next = unit.milestones.find(milestone => !milestone.holds)
  return (
    <dl className="unit-head__facts">
      <dt>Goes to</dt>
      <dd>
        <Definition plain means={means}>
          <span className="with-mark">
            <Icon size={14} strokeWidth={1.75} color={color} aria-hidden />
            {[label, ...also].join(' + ')}
          </span>
        </Definition>
      </dd>
      <dt>Owner</dt>
      <dd className={owner.isNamed ? 'clip' : 'clip muted'}>{owner.label}</dd>
      <dt>Next</dt>
      <dd className="clip">{next?.prompt ?? 'all milestones reached'}</dd>
    </dl>
  )
}
