import { Button, Textarea } from '@mantine/core'
import type { ReactNode } from 'react'
import { textOf } from '../../state/model-document.ts'
import { documentOf, useModelEditor } from '../../state/model-editor.ts'
import { setJsonText, takeJsonText, useModelJson } from '../../state/model-json.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** The whole document as text. What is typed becomes the draft when it is a model. */
export function JsonTab(): ReactNode {
  const { client } = useServices()
  const document = useModelEditor(documentOf)
  const text = useModelJson(state => state.text)
  const faults = useModelJson(state => state.lint?.faults ?? NO_FAULTS)
  if (document === null) return null
  return (
    <div className="model-json">
      <Textarea
        aria-label="Model as JSON"
        className="model-json__text"
        value={text ?? textOf(document)}
        spellCheck={false}
        onChange={event => setJsonText(event.currentTarget.value)}
      />
      <div className="model-json__foot">
        {faults.length > 0 ? (
          <ul className="model-notes" role="alert">
            {faults.map(({ path, message }) => (
              <li key={`${path} ${message}`}>
                <code>{path}</code> {message}
              </li>
            ))}
          </ul>
        ) : (
          <span className="muted">
            {text === null
              ? 'The document as it is edited. Every field is in docs/model.schema.json.'
              : 'Not taken yet.'}
          </span>
        )}
        <div className="screen__spacer" />
        <Button variant="default" disabled={text === null} onClick={() => setJsonText(null)}>
          Take back
        </Button>
        <Button disabled={text === null} onClick={() => perform(takeJsonText(client))}>
          Check and take as draft
        </Button>
      </div>
    </div>
  )
}

const NO_FAULTS: readonly Readonly<{ path: string; message: string }>[] = []
