import type { ReactNode } from 'react'
import { SIGNAL_BUCKETS } from '#schema/model'
import {
  changeBucket,
  changeCondition,
  changeStage,
  isChecklist,
  type ModelDocument,
  type SignalBucketId,
  type SignalDocument,
} from '../../state/model-document.ts'
import { documentOf, editModel, useModelEditor } from '../../state/model-editor.ts'
import { ChoiceField } from '../../ui/ChoiceField.tsx'
import { decimal, NONE, words } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { BucketMark } from './BucketMark.tsx'
import { Field, Figure } from './Field.tsx'
import { CURVES, SCOPES } from './model-words.ts'

type Edit = (how: (document: ModelDocument) => ModelDocument) => void

/** What the parts of the score may add, how they fade, what else earns points, and where the stages begin. */
export function BucketsTab(): ReactNode {
  const { client } = useServices()
  const document = useModelEditor(documentOf)
  if (document === null) return null
  const edit: Edit = how => perform(editModel(client, how))
  return (
    <div className="scroll model-page">
      <Stages stages={document.stages} edit={edit} />
      {!isChecklist(document) && <Buckets document={document} edit={edit} />}
      {!isChecklist(document) && <Conditions document={document} edit={edit} />}
    </div>
  )
}

const STAGES = [
  { id: 'warm', label: 'Warm from' },
  { id: 'pql', label: 'PQL from' },
  { id: 'hot', label: 'Hot PQL from' },
] as const

function Stages({ stages, edit }: Readonly<{ stages: ModelDocument['stages']; edit: Edit }>): ReactNode {
  return (
    <section aria-label="Stages" className="model-section">
      <h2 className="section-title">Stages</h2>
      <p className="muted">A score is between 0 and 100. From which score is a workspace in a stage?</p>
      <div className="model-stages">
        {STAGES.map(({ id, label }) => (
          <Field key={id} label={label}>
            <Figure label={label} value={stages[id]} onChange={from => edit(own => changeStage(own, id, from))} />
          </Field>
        ))}
      </div>
    </section>
  )
}

type PartProps = Readonly<{ document: SignalDocument; edit: Edit }>

function Buckets({ document, edit }: PartProps): ReactNode {
  const reach = useModelEditor(state => state.lint?.reach ?? null)
  return (
    <section aria-label="Buckets" className="model-section">
      <h2 className="section-title">Buckets</h2>
      <table className="data-table model-table" aria-label="Buckets">
        <thead>
          <tr>
            <th scope="col">Bucket</th>
            <th scope="col">At most</th>
            <th scope="col" className="number" title="The most that its signals and conditions can come to together.">
              Reachable
            </th>
            <th scope="col">Whose events</th>
            <th scope="col">Curve</th>
            <th scope="col">Days</th>
          </tr>
        </thead>
        <tbody>
          {SIGNAL_BUCKETS.map(id => (
            <BucketRow key={id} id={id} document={document} edit={edit} reachable={reach?.buckets[id]} />
          ))}
          <FitRow document={document} edit={edit} reachable={reach?.buckets['fit']} />
        </tbody>
      </table>
    </section>
  )
}

type RowProps = PartProps & Readonly<{ reachable: number | null | undefined }>

function Reachable({ reachable }: Pick<RowProps, 'reachable'>): ReactNode {
  return (
    <td className="number soft">
      {reachable === undefined ? NONE : reachable === null ? 'no end' : decimal(reachable)}
    </td>
  )
}

function BucketRow({ id, document, edit, reachable }: RowProps & Readonly<{ id: SignalBucketId }>): ReactNode {
  const bucket = document.buckets[id]
  const isNegative = id === 'negative'
  const change = (to: Parameters<typeof changeBucket>[2]): void =>
    edit(own => (isChecklist(own) ? own : changeBucket(own, id, to)))
  const name = words(id)
  return (
    <tr>
      <th scope="row">
        <BucketMark id={id} />
      </th>
      <td>
        <Figure
          label={`${name}, ${isNegative ? 'minimum' : 'maximum'}`}
          value={(isNegative ? bucket.min : bucket.max) ?? null}
          onChange={most => change(isNegative ? { min: most } : { max: most })}
          onClear={() => change(isNegative ? { min: undefined } : { max: undefined })}
        />
      </td>
      <Reachable reachable={reachable} />
      <td>
        <ChoiceField
          label={`${name}, whose events`}
          value={bucket.scope}
          choices={SCOPES}
          onChange={scope => change({ scope })}
        />
      </td>
      <td>
        <ChoiceField
          label={`${name}, curve`}
          value={bucket.curve}
          choices={CURVES}
          onChange={curve => change({ curve })}
        />
      </td>
      <td>
        {bucket.curve === 'none' ? (
          <span className="muted">{NONE}</span>
        ) : (
          <Figure
            label={`${name}, days`}
            value={bucket.decayDays ?? null}
            onChange={decayDays => change({ decayDays })}
            onClear={() => change({ decayDays: undefined })}
          />
        )}
      </td>
    </tr>
  )
}

function FitRow({ document, edit, reachable }: RowProps): ReactNode {
  const { fit } = document.buckets
  return (
    <tr>
      <th scope="row">
        <BucketMark id="fit" />
      </th>
      <td>
        <Figure
          label="Fit, maximum"
          value={fit.max ?? null}
          onChange={max =>
            edit(own =>
              isChecklist(own) ? own : { ...own, buckets: { ...own.buckets, fit: { ...own.buckets.fit, max } } },
            )
          }
        />
      </td>
      <Reachable reachable={reachable} />
      <td colSpan={3} className="muted">
        Of the account: its fit score over 10, or its tier ({tiersText(fit.tiers)}). It does not fade.
      </td>
    </tr>
  )
}

const tiersText = (tiers: Readonly<Record<string, number>>): string =>
  Object.entries(tiers)
    .map(([tier, points]) => `${tier} ${decimal(points)}`)
    .join(', ')

function Conditions({ document, edit }: PartProps): ReactNode {
  if (document.conditions.length === 0) return null
  return (
    <section aria-label="Conditions" className="model-section">
      <h2 className="section-title">Conditions</h2>
      <p className="muted">What is not an event earns or costs points while it holds.</p>
      <table className="data-table model-table" aria-label="Conditions">
        <thead>
          <tr>
            <th scope="col">Condition</th>
            <th scope="col">Bucket</th>
            <th scope="col">Points</th>
            <th scope="col">Days</th>
          </tr>
        </thead>
        <tbody>
          {document.conditions.map(({ id, bucket, points, days }, place) => {
            const change = (to: Parameters<typeof changeCondition>[2]): void =>
              edit(own => (isChecklist(own) ? own : changeCondition(own, place, to)))
            return (
              <tr key={id}>
                <th scope="row">{words(id)}</th>
                <td>
                  <BucketMark id={bucket} />
                </td>
                <td>
                  <Figure label={`${words(id)}, points`} value={points} onChange={value => change({ points: value })} />
                </td>
                <td>
                  <Figure label={`${words(id)}, days`} value={days} onChange={value => change({ days: value })} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
