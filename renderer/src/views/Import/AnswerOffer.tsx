import { Files } from 'lucide-react'
import type { ReactNode } from 'react'
import { type Answer, newestGiven, othersAsking, useAnswers } from '../../state/board-answers.ts'
import type { BoardFile } from '../../state/mapping-rows.ts'
import { counted } from '../../ui/format.ts'
import { giveAnswerToOthers, takeAnswerBack } from './board-acts.ts'
import { baseName, readingLabel } from './board-words.ts'

type Props = Readonly<{ files: readonly BoardFile[] }>

/** What was said of one file, for the others that ask the same; once they have it, the way back. */
export function AnswerOffer({ files }: Props): ReactNode {
  const { said, given } = useAnswers()
  const asking = othersAsking(files, said)
  const newest = newestGiven(files, given)
  if (said !== null && asking.length > 0)
    return (
      <Offer
        act={asking.length === 1 ? 'Give it to that file too' : 'Give it to them too'}
        shortcut="A"
        onAct={giveAnswerToOthers}
      >
        {`${sourceWords(said)}. ${counted(asking.length, 'other file asks', 'other files ask')} the same.`}
      </Offer>
    )
  if (newest === null) return null
  return (
    <Offer act="Undo" shortcut="U" onAct={takeAnswerBack}>
      {`${sourceWords(newest.answer)}: given to ${counted(newest.files.length, 'other file')} that asked the same.`}
    </Offer>
  )
}

type OfferProps = Readonly<{ act: string; shortcut: string; onAct: () => void; children: string }>

function Offer({ act, shortcut, onAct, children }: OfferProps): ReactNode {
  return (
    <div className="board-offer" role="status">
      <Files size={14} aria-hidden />
      <span className="clip" title={children}>
        {children}
      </span>
      <button type="button" className="plain text-button" onClick={onAct}>
        {act}
      </button>
      <kbd className="key">{shortcut}</kbd>
    </div>
  )
}

/** `Day first, said of deals.csv` */
function sourceWords(answer: Answer): string {
  return `${answerLabel(answer)}, said of ${baseName(answer.file)}`
}

/** An answer in words: `Day first`, `Europe/Berlin`. */
export function answerLabel({ setting, value }: Pick<Answer, 'setting' | 'value'>): string {
  if (setting === 'encoding' || setting === 'timeZone') return value
  return readingLabel(value)
}
