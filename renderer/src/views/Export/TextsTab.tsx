import { type ReactNode, useEffect } from 'react'
import { chooseText, loadTexts, type Template, useTexts } from '../../state/export-texts.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { TextEditor } from './TextEditor.tsx'
import { TextPreview } from './TextPreview.tsx'

/** What hand-offs say: each text, what is wrong with it, and how it reads for real workspaces. */
export function TextsTab({ runId }: Readonly<{ runId: number }>): ReactNode {
  const { client } = useServices()
  const status = useTexts(state => state.status)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other scores say something else
  useEffect(() => perform(loadTexts(client)), [client, runId])
  if (status === 'failed') return <Retry title="The texts cannot be shown" again={() => loadTexts(client)} />
  if (status !== 'ready') return <SkeletonRows rows={8} label="The texts are being read" />
  return (
    <div className="texts">
      <TextList />
      <TextEditor />
      <TextPreview />
    </div>
  )
}

function TextList(): ReactNode {
  const templates = useTexts(state => state.templates)
  return (
    <section className="texts__list" aria-labelledby="texts-title">
      <h2 id="texts-title" className="section-title">
        Texts
      </h2>
      <ul>
        {templates.map(template => (
          <TextLine key={template.id} template={template} />
        ))}
      </ul>
      <p className="muted texts__note">
        A line whose field is unknown for a workspace is left out, so that a text says only what the data hold.
      </p>
    </section>
  )
}

function TextLine({ template: { id, title, isDefault } }: Readonly<{ template: Template }>): ReactNode {
  const isChosen = useTexts(state => state.chosen === id)
  const isEdited = useTexts(state => state.drafts[id] !== undefined)
  const problems = useTexts(state => state.preview?.problems.filter(problem => problem.id === id).length ?? 0)
  return (
    <li>
      <button
        type="button"
        className={isChosen ? 'plain channel-line text-line is-selected' : 'plain channel-line text-line'}
        aria-pressed={isChosen}
        onClick={() => chooseText(id)}
      >
        <span className="clip">{title}</span>
        <span className={problems > 0 || isEdited ? 'text-line__warn' : 'muted'}>
          {problems > 0 ? 'to correct' : isEdited ? 'edited' : isDefault ? '' : 'own'}
        </span>
      </button>
    </li>
  )
}
