// biome-ignore-all lint/a11y/useFocusableInteractive: the field has the focus and points at its option by aria-activedescendant
import { TextInput } from '@mantine/core'
import { Search } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { focusNow } from '../../ui/focus-now.ts'

export type Choice = Readonly<{
  id: string
  label: ReactNode
  /** What typing is compared with. */
  text: string
  /** Why it is offered, what it has, what takes it now. */
  hint?: ReactNode
  mark?: 'needed' | 'now'
  /** Head of the group that begins here. */
  group?: string
  /** Stays whatever is typed. */
  isAlways?: boolean
}>

type Props = Readonly<{
  label: string
  placeholder: string
  choices: readonly Choice[]
  onChoose: (id: string) => void
  onClose: () => void
  /** Offers what was typed itself. */
  typedChoice?: (typed: string) => Choice | null
}>

/** A field and the choices that fit what is typed: arrows move, Enter takes, Esc closes. */
export function ChoiceList(props: Props): ReactNode {
  const { label, placeholder, choices, typedChoice, onChoose } = props
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState('')
  const [marked, setMarked] = useState(0)
  const own = typed.trim() === '' ? null : (typedChoice?.(typed.trim()) ?? null)
  const shown = [...fitting(choices, typed), ...(own === null ? [] : [own])]
  const at = Math.min(marked, shown.length - 1)
  useEffect(() => {
    if (at >= 0) list.current?.querySelector('[aria-selected=true]')?.scrollIntoView?.({ block: 'nearest' })
  }, [at])
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = movedTo(event.key, at, shown.length, typed === '')
    if (to !== null) {
      event.preventDefault()
      setMarked(to)
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      const choice = shown[at]
      if (choice !== undefined) onChoose(choice.id)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      props.onClose()
    }
  }
  return (
    <div className="choice-list">
      <TextInput
        ref={focusNow}
        data-autofocus
        aria-label={label}
        placeholder={placeholder}
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={shown[at] === undefined ? undefined : `${id}-${at}`}
        leftSection={<Search size={14} aria-hidden />}
        className="choice-list__field"
        value={typed}
        onChange={event => {
          setTyped(event.currentTarget.value)
          setMarked(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={label} className="choice-list__options">
        {shown.map((choice, place) => (
          <Option key={choice.id} id={`${id}-${place}`} choice={choice} isMarked={place === at} onChoose={onChoose} />
        ))}
      </div>
      {shown.length === 0 && <p className="choice-list__none">Nothing is called so.</p>}
    </div>
  )
}

type OptionProps = Readonly<{ id: string; choice: Choice; isMarked: boolean; onChoose: (id: string) => void }>

function Option({ id, choice, isMarked, onChoose }: OptionProps): ReactNode {
  return (
    <>
      {choice.group !== undefined && (
        <div role="presentation" className="choice-list__group">
          {choice.group}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys */}
      <div
        id={id}
        role="option"
        aria-selected={isMarked}
        className={isMarked ? 'choice-list__option is-marked' : 'choice-list__option'}
        onMouseDown={event => event.preventDefault()}
        onClick={() => onChoose(choice.id)}
      >
        <span className="choice-list__label clip">{choice.label}</span>
        {choice.hint !== undefined && <span className="choice-list__hint clip">{choice.hint}</span>}
        {choice.mark !== undefined && <span className={`choice-list__mark is-${choice.mark}`}>{choice.mark}</span>}
      </div>
    </>
  )
}

/** Choices whose text has every word typed; those that begin with it first. Groups fall away while something is typed. */
function fitting(choices: readonly Choice[], typed: string): readonly Choice[] {
  const wanted = plain(typed).split(' ').filter(Boolean)
  if (wanted.length === 0) return choices
  const fits = ({ text }: Choice): boolean => wanted.every(word => plain(text).includes(word))
  const startsWell = ({ text }: Choice): number => (plain(text).startsWith(wanted.join(' ')) ? 0 : 1)
  const found = choices.filter(choice => choice.isAlways !== true && fits(choice))
  const always = choices.filter(choice => choice.isAlways === true && fits(choice))
  return [...found.toSorted((a, b) => startsWell(a) - startsWell(b)), ...always].map(
    ({ group: _group, ...rest }) => rest,
  )
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s._-]+/g, ' ')
    .trim()

/** Home and End belong to the field once something is typed. */
function movedTo(key: string, at: number, count: number, isEmpty: boolean): number | null {
  if (count === 0) return null
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: (at + 1) % count,
    ArrowUp: (at - 1 + count) % count,
    PageDown: Math.min(count - 1, at + 8),
    PageUp: Math.max(0, at - 8),
    ...(isEmpty ? { Home: 0, End: count - 1 } : {}),
  }
  return moves[key] ?? null
}
