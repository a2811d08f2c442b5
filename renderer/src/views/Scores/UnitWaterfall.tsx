import { type ReactNode, useMemo } from 'react'
import type { Platform } from '../../platform/platform.ts'
import { useModel } from '../../state/model.ts'
import { useHistogram } from '../../state/score-histogram.ts'
import { showTab, type UnitDetail } from '../../state/score-unit.ts'
import { showEvents } from '../../state/unit-events.ts'
import { Definition } from '../../ui/Definition.tsx'
import { decimal } from '../../ui/format.ts'
import { Waterfall, type WaterfallRow } from '../../ui/Waterfall.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { signalWords } from '../signal-words.ts'
import { bucketOf } from '../words.ts'
import { byBucket, hasEvents, lineKey, printedOfBucket } from './ledger.ts'

type Props = Readonly<{ unit: UnitDetail }>
type Model = ReturnType<typeof useModel.getState>['model']

/** Every ledger line as a bar that starts where the one before ended, under the bucket it belongs to. */
export function UnitWaterfall({ unit }: Props): ReactNode {
  const { client } = useServices()
  const model = useModel(state => state.model)
  const { warm, pql, hot } = useHistogram(state => state.stages)
  const rows = useMemo(() => rowsOf(unit, model, client), [unit, model, client])
  const marks = [
    { at: warm, label: decimal(warm), color: 'var(--stage-warm)' },
    { at: pql, label: decimal(pql), color: 'var(--stage-pql)' },
    { at: hot, label: decimal(hot), color: 'var(--stage-hot)' },
  ]
  return <Waterfall label="From the parts to the score" rows={rows} marks={marks} />
}

function rowsOf(unit: UnitDetail, model: Model, client: Platform['client']): readonly WaterfallRow[] {
  const rows = byBucket(unit.lines).flatMap(group => [
    ...(group.bucket === 'total' ? [] : [{ ...groupRow(unit, group), printed: printedOfBucket(group) }]),
    ...group.lines.map(lineRow),
  ])
  const score: WaterfallRow = {
    id: 'score',
    name: 'Score',
    label: 'Score',
    value: unit.row.score,
    color: 'var(--ink-2)',
    kind: 'total',
  }
  return [...rows, score]

  function lineRow(line: UnitDetail['lines'][number]): WaterfallRow {
    const { label } = signalWords(model, line.signal)
    const open = (): void => {
      perform(showEvents(client, unit.row.unitId, line.signal))
      showTab('timeline')
    }
    return {
      id: lineKey(line),
      name: label,
      label: <span className="clip">{label}</span>,
      value: line.finalPoints,
      printed: line.printedPoints,
      color: bucketOf(line.bucket).color,
      kind: 'line',
      ...(hasEvents(line) ? { onOpen: open } : {}),
    }
  }
}

function groupRow(unit: UnitDetail, { bucket, points }: ReturnType<typeof byBucket>[number]): WaterfallRow {
  const { label, color, means } = bucketOf(bucket)
  const most = Object.entries(unit.bucketMax).find(([id]) => id === bucket)?.[1]
  return {
    id: `bucket ${bucket}`,
    name: label,
    label: (
      <Definition plain means={means}>
        {label}
      </Definition>
    ),
    value: points,
    color,
    kind: 'group',
    ...(most === undefined || bucket === 'negative' || most === 0 ? {} : { note: `of ${decimal(most)}` }),
  }
}
