import { type ReactNode, useRef } from 'react'
import { editText, resetText, type TextPreview, textOf, useTexts } from '../../state/export-texts.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

const NO_PROBLEMS: TextPreview['problems'] = []

/** One text with its line numbers, the fields it may name, and what is wrong at which line. */
export function TextEditor(): ReactNode {
  const { client } = useServices()
  const area = useRef<HTMLTextAreaElement>(null)
  const lines = useRef<HTMLDivElement>(null)
  const chosen = useTexts(state => state.chosen)
  const text = useTexts(state => textOf(state, state.chosen))
  const template = useTexts(state => state.templates.find(({ id }) => id === state.chosen) ?? null)
  if (template === null) return null
  const edit = (next: string): void => perform(editText(client, chosen, next))
  const insert = (name: string): void => {
    const { selectionStart = text.length, selectionEnd = text.length } = area.current ?? {}
    edit(`${text.slice(0, selectionStart)}{${name}}${text.slice(selectionEnd)}`)
    area.current?.focus()
  }
  return (
    <section className="text-editor" aria-label={template.title}>
      <div className="text-editor__bar">
        <FieldChoice onInsert={insert} />
        <div className="screen__spacer" />
        {!template.isDefault && (
          <button type="button" className="plain text-button" onClick={() => perform(resetText(client, chosen))}>
            Built-in text again
          </button>
        )}
      </div>
      <div className="text-editor__field">
        <div ref={lines} className="text-editor__lines" aria-hidden>
          {text.split('\n').map((_, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
            <LineNumber key={line} line={line + 1} />
          ))}
        </div>
        <textarea
          ref={area}
          className="text-editor__area"
          aria-label={`Text of ${template.title}`}
          spellCheck={false}
          wrap="off"
          value={text}
          onChange={event => edit(event.currentTarget.value)}
          onScroll={event => {
            if (lines.current !== null) lines.current.scrollTop = event.currentTarget.scrollTop
          }}
        />
      </div>
      <Problems onOpen={line => selectLine(area.current, line)} />
    </section>
  )
}

function LineNumber({ line }: Readonly<{ line: number }>): ReactNode {
  const isFaulty = useTexts(state =>
    (state.preview?.problems ?? NO_PROBLEMS).some(problem => problem.id === state.chosen && problem.line === line),
  )
  return <span className={isFaulty ? 'is-faulty' : undefined}>{line}</span>
}

function FieldChoice({ onInsert }: Readonly<{ onInsert: (name: string) => void }>): ReactNode {
  const fields = useTexts(state => state.fields)
  return (
    <select
      className="choice-field"
      aria-label="Insert a field"
      value=""
      onChange={event => {
        if (event.currentTarget.value !== '') onInsert(event.currentTarget.value)
      }}
    >
      <option value="">Insert a field</option>
      {fields.map(({ name, title }) => (
        <option key={name} value={name}>
          {title} {`{${name}}`}
        </option>
      ))}
    </select>
  )
}

function Problems({ onOpen }: Readonly<{ onOpen: (line: number) => void }>): ReactNode {
  const chosen = useTexts(state => state.chosen)
  const all = useTexts(state => state.preview?.problems ?? NO_PROBLEMS)
  const problems = all.filter(({ id }) => id === chosen)
  if (problems.length === 0) return null
  return (
    <div className="text-editor__problems" role="alert">
      <ul>
        {problems.map(({ line, message }) => (
          <li key={`${line} ${message}`}>
            <button type="button" className="plain" onClick={() => onOpen(line)}>
              <span className="number">Line {line}</span> {message}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Puts the cursor over a whole line. */
function selectLine(area: HTMLTextAreaElement | null, line: number): void {
  if (area === null) return
  const before = area.value.split('\n').slice(0, line - 1)
  const start = before.reduce((sum, text) => sum + text.length + 1, 0)
  const end = area.value.indexOf('\n', start)
  area.focus()
  area.setSelectionRange(start, end === -1 ? area.value.length : end)
}
