import { ActionIcon, Button, Switch } from '@mantine/core'
import { Trash2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  changeSignal,
  isChecklist,
  type ModelDocument,
  removeSignal,
  type SignalDocument,
  type SignalRow,
} from '../../state/model-document.ts'
import { documentOf, editModel, useModelEditor } from '../../state/model-editor.ts'
import { setModelView, useModelView } from '../../state/model-view.ts'
import { ChoiceField } from '../../ui/ChoiceField.tsx'
import { DecayCurve } from '../../ui/DecayCurve.tsx'
import { words } from '../../ui/format.ts'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { signalWords } from '../signal-words.ts'
import { BucketMark } from './BucketMark.tsx'
import { Field, Figure } from './Field.tsx'
import { placeOfSignal } from './FindingList.tsx'
import { KindField } from './KindField.tsx'
import { BUCKET_CHOICES, COUNTS, CURVES, decayOf, decayText } from './model-words.ts'

/** One signal: what earns its points, its cap, and how it fades. */
export function SignalPanel(): ReactNode {
  const place = useModelView(state => state.signal)
  const document = useModelEditor(documentOf)
  if (place === null || document === null || isChecklist(document)) return null
  const signal = document.signals[place]
  if (signal === undefined) return null
  return <Panel key={place} document={document} signal={signal} place={place} />
}

type Props = Readonly<{ document: SignalDocument; signal: SignalRow; place: number }>

function Panel({ document, signal, place }: Props): ReactNode {
  return (
    <SidePanel label="Signal">
      <header className="taxonomy-panel__head">
        <div className="taxonomy-panel__title">
          <h2 className="unit-head__name">{words(signal.id)}</h2>
          <p className="muted">{signalWords(document, signal.id).means}</p>
        </div>
        <ActionIcon aria-label="Close the panel" onClick={() => setModelView({ signal: null })}>
          <X size={16} aria-hidden />
        </ActionIcon>
      </header>
      <div className="taxonomy-panel__body">
        <Findings place={place} />
        <Earning signal={signal} place={place} />
        <Fading document={document} signal={signal} place={place} />
        <Removal place={place} />
      </div>
    </SidePanel>
  )
}

/** Takes a change of one signal into the draft. */
function useChange(place: number): (change: Partial<SignalRow>) => void {
  const { client } = useServices()
  return change => perform(editModel(client, document => onSignals(document, own => changeSignal(own, place, change))))
}

function onSignals(document: ModelDocument, how: (own: SignalDocument) => SignalDocument): ModelDocument {
  return isChecklist(document) ? document : how(document)
}

function Findings({ place }: Readonly<{ place: number }>): ReactNode {
  const lint = useModelEditor(state => state.lint)
  const own = [...(lint?.faults ?? []), ...(lint?.findings ?? [])].filter(({ path }) => placeOfSignal(path) === place)
  if (own.length === 0) return null
  return (
    <section aria-label="Findings">
      <ul className="model-notes">
        {own.map(({ message }) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </section>
  )
}

function Earning({ signal, place }: Readonly<{ signal: SignalRow; place: number }>): ReactNode {
  const change = useChange(place)
  const { cap } = signal
  return (
    <section aria-label="What it is worth">
      <h3 className="section-title">What it is worth</h3>
      <Field label="Kind of event" means="From the taxonomy: event names are mapped to kinds there.">
        <KindField value={signal.kind} onChange={kind => change({ kind })} />
      </Field>
      <Field label="Points" means="For one occurrence, before cap, decay and role factor.">
        <Figure label="Points" value={signal.points} onChange={points => change({ points })} />
      </Field>
      <Field label="Counts" means="Which occurrences earn points.">
        <ChoiceField label="Counts" value={signal.count} choices={COUNTS} onChange={count => change({ count })} />
      </Field>
      <Field label="Bucket" means="The part of the score that the points go to.">
        <ChoiceField
          label="Bucket"
          value={signal.bucket}
          choices={BUCKET_CHOICES}
          onChange={bucket => change({ bucket })}
        />
      </Field>
      <Field label="Cap" means="The most points within one window of days.">
        <Switch
          size="xs"
          aria-label="Cap"
          checked={cap !== undefined}
          onChange={event =>
            change({ cap: event.currentTarget.checked ? { points: Math.abs(signal.points) * 3, days: 7 } : undefined })
          }
        />
        {cap !== undefined && (
          <>
            <Figure label="Cap, points" value={cap.points} onChange={points => change({ cap: { ...cap, points } })} />
            <span className="muted">points in</span>
            <Figure
              label="Cap, days"
              value={cap.days}
              suffix="days"
              onChange={days => change({ cap: { ...cap, days } })}
            />
          </>
        )}
      </Field>
    </section>
  )
}

function Fading({ document, signal, place }: Props): ReactNode {
  const change = useChange(place)
  const decay = decayOf(document, signal)
  return (
    <section aria-label="How it fades">
      <h3 className="section-title">How it fades</h3>
      <Field label="Decay of its own" means="Off: as its bucket fades.">
        <Switch
          size="xs"
          aria-label="Decay of its own"
          checked={decay.isOwn}
          onChange={event =>
            change(
              event.currentTarget.checked
                ? { curve: decay.curve, decayDays: decay.days ?? 14 }
                : { curve: undefined, decayDays: undefined },
            )
          }
        />
        {!decay.isOwn && (
          <span className="with-mark muted">
            as <BucketMark id={signal.bucket} /> {decayText(decay)}
          </span>
        )}
      </Field>
      {decay.isOwn && (
        <Field label="Curve">
          <ChoiceField label="Curve" value={decay.curve} choices={CURVES} onChange={curve => change({ curve })} />
          {decay.curve !== 'none' && (
            <Figure
              label="Decay, days"
              value={decay.days}
              suffix="days"
              onChange={decayDays => change({ decayDays })}
            />
          )}
        </Field>
      )}
      {decay.curve !== 'none' && decay.days !== null && decay.days > 0 && (
        <DecayCurve label={`What is left of ${words(signal.id)} by age`} curve={decay.curve} days={decay.days} />
      )}
    </section>
  )
}

function Removal({ place }: Readonly<{ place: number }>): ReactNode {
  const { client } = useServices()
  return (
    <Button
      className="kind-remove"
      size="compact-sm"
      variant="subtle"
      color="red"
      leftSection={<Trash2 size={14} aria-hidden />}
      onClick={() => {
        setModelView({ signal: null })
        perform(editModel(client, document => onSignals(document, own => removeSignal(own, place))))
      }}
    >
      Remove the signal
    </Button>
  )
}
