import { Button } from '@mantine/core'
import { Plus, TriangleAlert } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { isChecklist, type SignalDocument, type SignalRow } from '../../state/model-document.ts'
import { documentOf, type Finding, useModelEditor } from '../../state/model-editor.ts'
import { setModelView, useModelView } from '../../state/model-view.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { decimal, NONE, words } from '../../ui/format.ts'
import { valueText } from '../parameter-words.ts'
import { BUCKETS, bucketOf } from '../words.ts'
import { BucketMark } from './BucketMark.tsx'
import { placeOfSignal } from './FindingList.tsx'
import { capText, decayOf, decayText } from './model-words.ts'

type Line = Readonly<{
  place: number
  signal: SignalRow
  decay: ReturnType<typeof decayOf>
  isChanged: boolean
  findings: readonly string[]
}>

/** Every signal with what it is worth, best read bucket by bucket. */
export function SignalsTab(): ReactNode {
  const document = useModelEditor(documentOf)
  const base = useModelEditor(state => state.base)
  const findings = useModelEditor(state => state.lint?.findings)
  const chosen = useModelView(state => state.signal)
  const lines = useMemo(
    () => (document === null || isChecklist(document) ? [] : linesOf(document, base, findings ?? [])),
    [document, base, findings],
  )
  return (
    <div className="model-signals">
      <div className="model-bar">
        <span className="muted">Points are earned by events, capped, faded with age, and multiplied by the role.</span>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={() => setModelView({ dialog: 'new' })}
        >
          Add a signal
        </Button>
      </div>
      <div className="scroll">
        <DataTable
          label="Signals"
          columns={COLUMNS}
          rows={lines}
          keyOf={line => String(line.place)}
          selectedKey={chosen === null ? null : String(chosen)}
          onSelect={line => setModelView({ signal: line.place === chosen ? null : line.place })}
        />
      </div>
    </div>
  )
}

function linesOf(
  document: SignalDocument,
  base: ReturnType<typeof documentOf>,
  findings: readonly Finding[],
): readonly Line[] {
  const before = base === null || isChecklist(base) ? [] : base.signals
  const order = BUCKETS.map(({ id }) => id)
  return document.signals
    .map((signal, place) => ({
      place,
      signal,
      decay: decayOf(document, signal),
      isChanged: JSON.stringify(before.find(({ id }) => id === signal.id)) !== JSON.stringify(signal),
      findings: findings.filter(({ path }) => placeOfSignal(path) === place).map(({ message }) => message),
    }))
    .sort((a, b) => order.indexOf(a.signal.bucket) - order.indexOf(b.signal.bucket) || a.place - b.place)
}

const COLUMNS: readonly Column<Line>[] = [
  {
    id: 'name',
    header: 'Signal',
    sortBy: ({ signal }) => signal.id,
    cell: ({ signal, isChanged, findings }) => (
      <span className="with-mark">
        <span className="clip">{words(signal.id)}</span>
        {isChanged && <span className="model-changed">changed</span>}
        {findings.length > 0 && (
          <span className="model-warned" title={findings.join('\n')}>
            <TriangleAlert size={13} aria-label={findings.join(' ')} />
          </span>
        )}
      </span>
    ),
  },
  {
    id: 'bucket',
    header: 'Bucket',
    means: 'The part of the score that the points go to.',
    sortBy: ({ signal }) => bucketOf(signal.bucket).label,
    cell: ({ signal }) => <BucketMark id={signal.bucket} />,
  },
  {
    id: 'points',
    header: 'Points',
    means: 'For one occurrence, before cap, decay and role factor.',
    align: 'end',
    sortBy: ({ signal }) => signal.points,
    cell: ({ signal }) => decimal(signal.points),
  },
  {
    id: 'counts',
    header: 'Counts',
    cell: ({ signal }) => <span className="soft">{valueText(signal.count, null)}</span>,
  },
  {
    id: 'cap',
    header: 'Cap',
    means: 'The most points within one window of days.',
    cell: ({ signal }) =>
      signal.cap === undefined ? (
        <span className="muted">{NONE}</span>
      ) : (
        <span className="nowrap">{capText(signal.cap)}</span>
      ),
  },
  {
    id: 'decay',
    header: 'Fades',
    means: 'How points fall with the age of the event; of the bucket where the signal says nothing.',
    cell: ({ decay }) => <span className={decay.isOwn ? 'nowrap' : 'nowrap muted'}>{decayText(decay)}</span>,
  },
]
