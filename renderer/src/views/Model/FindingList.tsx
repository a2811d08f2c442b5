import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { isChecklist } from '../../state/model-document.ts'
import { documentOf, useModelEditor } from '../../state/model-editor.ts'
import { setModelView } from '../../state/model-view.ts'
import { counted, words } from '../../ui/format.ts'

type Line = Readonly<{ level: 'fault' | 'warning' | 'note'; path: string; message: string }>
const ICONS = { fault: CircleAlert, warning: TriangleAlert, note: Info } as const
const FEW = 2

/** What is wrong with the document as it is edited, and what is to be known of it; each line leads to its place. */
export function FindingList(): ReactNode {
  const lint = useModelEditor(state => state.lint)
  const [isOpen, setOpen] = useState(false)
  if (lint === null) return null
  const lines: readonly Line[] = [
    ...lint.faults.map(fault => ({ level: 'fault' as const, ...fault })),
    ...lint.findings,
  ]
  if (lines.length === 0) return null
  const shown = isOpen ? lines : lines.slice(0, Math.max(FEW, lint.faults.length))
  return (
    <section className="findings" aria-label="Findings about the model">
      <ul>
        {shown.map(line => (
          <FindingLine key={`${line.path} ${line.message}`} line={line} />
        ))}
      </ul>
      {lines.length > shown.length || isOpen ? (
        <button type="button" className="plain link-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Show fewer' : `${counted(lines.length - shown.length, 'more finding')}`}
        </button>
      ) : null}
    </section>
  )
}

function FindingLine({ line: { level, path, message } }: Readonly<{ line: Line }>): ReactNode {
  const Icon = ICONS[level]
  const name = useModelEditor(state => {
    const document = documentOf(state)
    const place = placeOfSignal(path)
    if (document === null || isChecklist(document) || place === null) return null
    return document.signals[place]?.id ?? null
  })
  return (
    <li className={`findings__line findings__line--${level}`}>
      <Icon size={14} aria-label={level === 'fault' ? 'Fault' : level === 'warning' ? 'Warning' : 'Note'} />
      <button type="button" className="plain link-button clip findings__place" onClick={() => goTo(path)}>
        {name === null ? placeWords(path) : words(name)}
      </button>
      <span className="findings__message">{message}</span>
    </li>
  )
}

/** Place in the list of signals that a path such as `signals[3].cap` is about. */
export function placeOfSignal(path: string): number | null {
  const found = /^signals\[(\d+)\]/.exec(path)
  return found === null ? null : Number(found[1])
}

/** `Intent` for `buckets.intent`, `Hot` for `stages.hot`; any other path as it is. */
function placeWords(path: string): string {
  const [, name] = /^(?:buckets|stages)\.(\w+)$/.exec(path) ?? []
  return name === undefined ? path : words(name)
}

function goTo(path: string): void {
  const signal = placeOfSignal(path)
  if (signal !== null) setModelView({ tab: 'signals', signal })
  else if (/^(buckets|stages|conditions)/.test(path)) setModelView({ tab: 'buckets', signal: null })
  else if (path.startsWith('roles')) setModelView({ tab: 'roles', signal: null })
  else setModelView({ tab: path.startsWith('rows') ? 'signals' : 'json', signal: null })
}
