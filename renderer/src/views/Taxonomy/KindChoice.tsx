// biome-ignore-all lint/a11y/useFocusableInteractive: the field has the focus and points at its option by aria-activedescendant
import { TextInput } from '@mantine/core'
import { Search } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { KindMark } from './KindMark.tsx'

export type KindOption = Readonly<{
  kind: string
  category: string
  /** Why the names resemble it; null where they do not. */
  why: string | null
  figures: string
  earns: boolean
}>

type Props = Readonly<{
  options: readonly KindOption[]
  marked: string | null
  typed: string
  onType: (typed: string) => void
  onMark: (kind: string) => void
  onChoose: (kind: string | null) => void
  onNew: () => void
}>

/** A field and the kinds that fit what is typed: arrows move, Enter takes. */
export function KindChoice(props: Props): ReactNode {
  const { options, marked, typed, onType, onNew } = props
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (marked !== null) list.current?.querySelector('[aria-selected=true]')?.scrollIntoView?.({ block: 'nearest' })
  }, [marked])
  const optionId = (kind: string): string => `${id}-${options.findIndex(option => option.kind === kind)}`
  return (
    <div>
      <TextInput
        data-autofocus
        aria-label="Kind"
        placeholder="Find a kind"
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={marked === null ? undefined : optionId(marked)}
        leftSection={<Search size={14} aria-hidden />}
        value={typed}
        onChange={event => onType(event.currentTarget.value)}
        onKeyDown={event => onKey(event, props)}
      />
      <div ref={list} id={`${id}-list`} role="listbox" aria-label="Kinds" className="kind-choice">
        {options.map(option => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          <div
            key={option.kind}
            id={optionId(option.kind)}
            role="option"
            aria-selected={option.kind === marked}
            className={option.kind === marked ? 'kind-choice__line is-selected' : 'kind-choice__line'}
            onClick={() => props.onMark(option.kind)}
            onDoubleClick={() => props.onChoose(option.kind)}
          >
            <KindMark kind={option.kind} category={option.category} />
            <span className="kind-choice__why clip">{option.why ?? (option.earns ? '' : 'no signal')}</span>
            <span className="number muted">{option.figures}</span>
          </div>
        ))}
        {options.length === 0 && (
          <p className="kind-choice__none">
            No kind has this name.{' '}
            <button type="button" className="plain text-button" onClick={onNew}>
              Make a new kind
            </button>
          </p>
        )}
      </div>
    </div>
  )
}

function onKey(event: KeyboardEvent, { options, marked, onMark }: Props): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined || options.length === 0) return
  event.preventDefault()
  const at = options.findIndex(option => option.kind === marked)
  const next = options[(at + step + options.length) % options.length]
  if (next !== undefined) onMark(next.kind)
}
