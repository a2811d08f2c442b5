import { notifications } from '@mantine/notifications'
import { CircleCheck } from 'lucide-react'
import type { Client } from '#contract/contract'
import { applyHeldChange, type HeldDone, undoHeldChange } from '../../state/held-apply.ts'
import { editsChange, useHeldEdits } from '../../state/held-edits.ts'
import type { HeldOutcome } from '../../state/held-fix.ts'
import { counted } from '../../ui/format.ts'
import { notifyDone, perform } from '../notify.tsx'

/** Says what a change did, with a way back. */
export function notifyFixed(client: Client, outcome: HeldOutcome, done: HeldDone): void {
  const { title, text } = wordsOf(outcome)
  if (done.length === 0) {
    notifyDone(title, text)
    return
  }
  const id = `held-fix-${done.map(each => each.fixId).join('-')}`
  const undo = (): void => {
    notifications.hide(id)
    perform(undoHeldChange(client, done).then(() => notifyDone('Undone', 'The rows are as they were before.')))
  }
  notifications.show({
    id,
    title,
    message: (
      <>
        {text !== '' && <p className="notice__message">{text}</p>}
        <button type="button" className="plain text-button" onClick={undo}>
          Undo
        </button>
      </>
    ),
    icon: <CircleCheck size={16} />,
    className: 'notice notice--good',
    autoClose: 10_000,
    withBorder: true,
    closeButtonProps: { 'aria-label': 'Close' },
  })
}

/** Applies what was edited in place, and says what it did. */
export async function applyEdits(client: Client): Promise<void> {
  const change = editsChange(useHeldEdits.getState())
  if (change === null) return
  const { outcome, done } = await applyHeldChange(client, change)
  notifyFixed(client, outcome, done)
}

/** `2 rows are blank and skipped`, for each reason that there is. */
export function skipWords({ blank, otherTable, known }: HeldOutcome['skipsBy']): readonly string[] {
  const told = (rows: number, why: string): readonly string[] =>
    rows === 0 ? [] : [`${counted(rows, 'row is', 'rows are')} ${why} and skipped`]
  return [...told(blank, 'blank'), ...told(otherTable, 'of another table'), ...told(known, 'said before')]
}

function wordsOf({
  loads,
  skipsBy,
  holds,
  leftOut,
  takenBack,
}: HeldOutcome): Readonly<{ title: string; text: string }> {
  if (leftOut > 0)
    return { title: `${counted(leftOut, 'row')} left out`, text: 'They are listed below the rules of their file.' }
  if (takenBack > 0) return { title: `${counted(takenBack, 'row')} held again`, text: '' }
  const others = [
    ...skipWords(skipsBy).map(words => `${words}.`),
    holds > 0 ? `${counted(holds, 'row')} still held, with what is wrong now.` : '',
  ]
  return {
    title: loads === 0 ? 'No row loaded' : `${counted(loads, 'row')} loaded`,
    text: others.filter(Boolean).join(' '),
  }
}
