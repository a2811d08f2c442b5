import type { ReactNode } from 'react'
import type { KeyAsk } from '../../state/mapping-lines.ts'
import type { BoardFile } from '../../state/mapping-rows.ts'
import { chooseKey, endPick } from './board-acts.ts'
import { ChoiceList } from './ChoiceList.tsx'

type Props = Readonly<{ file: BoardFile; ask: KeyAsk }>

/** The two columns that may be the key, or what becomes of one in doubt, each a button. */
export function KeyAnswers({ file, ask, isFixed }: Props & Readonly<{ isFixed: boolean }>): ReactNode {
  return (
    <span className="board-answers">
      {keyChoices(ask).map(({ id, text }) => (
        <button
          key={id}
          type="button"
          tabIndex={-1}
          className="plain board-answer"
          disabled={isFixed}
          onClick={() => chooseKey(file, ask, id)}
        >
          {text}
        </button>
      ))}
    </span>
  )
}

/** The column that the other files refer to, or none where there is none, and the one that is read now. */
function keyChoices({ doubt }: KeyAsk): readonly Readonly<{ id: string; label: string; text: string; hint: string }>[] {
  const { field, other, headers } = doubt
  const now = headers.length === 0 ? 'one value' : headers.join(', ')
  if (other === null) {
    const [leave, keep] = ['Leave as custom field', `Keep as ${field}`]
    return [
      { id: 'other', label: leave, text: leave, hint: now },
      { id: 'now', label: keep, text: keep, hint: now },
    ]
  }
  const [to, stay] = [`Use ${other}`, `Keep ${now}`]
  return [
    { id: 'other', label: to, text: to, hint: `as ${field}` },
    { id: 'now', label: stay, text: stay, hint: `as ${field}` },
  ]
}

/** The same as a list, for the keyboard. */
export function KeyList({ file, ask }: Props): ReactNode {
  return (
    <ChoiceList
      label={`Column for ${ask.doubt.field}`}
      placeholder="Find an answer"
      choices={keyChoices(ask)}
      onChoose={choice => chooseKey(file, ask, choice)}
      onClose={endPick}
    />
  )
}
