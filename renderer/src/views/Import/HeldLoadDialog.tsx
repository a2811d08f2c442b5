import { Button, Group, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { type HeldLoad, useHeldFile } from '../../state/held-drop.ts'
import { answerHeldEncoding, closeHeldFile, loadHeldFile } from '../../state/held-file.ts'
import { isRunning, useJobs } from '../../state/jobs.ts'
import { count, counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { HeldEncoding } from './HeldEncoding.tsx'
import { notifyFixed } from './held-notice.tsx'
import { ruleTitle } from './held-text.ts'

/** A corrected file of held rows that was dropped: what loading it would come to, before it is loaded. */
export function HeldLoadDialog(): ReactNode {
  const { client, shell } = useServices()
  const plan = useHeldFile(state => state.plan)
  const ask = useHeldFile(state => state.ask)
  const isBusy = useJobs(state => state.jobs.some(isRunning))
  const close = (): void => perform(closeHeldFile(client, shell))
  const load = async (): Promise<void> => {
    const { outcome } = plan ?? {}
    const done = await loadHeldFile(client, shell)
    if (outcome !== undefined) notifyFixed(client, outcome, done)
  }
  const file = plan?.file ?? ask?.file ?? null
  return (
    <Modal
      opened={plan !== null || ask !== null}
      onClose={close}
      title={file === null ? '' : `Corrected rows in ${file}`}
      size={560}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {ask !== null && (
        <HeldEncoding
          key={ask.file}
          ask={ask}
          isBusy={isBusy}
          onRead={encoding => perform(answerHeldEncoding(client, encoding))}
          onClose={close}
        />
      )}
      {plan !== null && (
        <div className="held-load">
          <Facts plan={plan} />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={close}>
              {plan.corrected === 0 ? 'Close' : 'Leave as it is'}
            </Button>
            {plan.corrected > 0 && (
              <Button disabled={isBusy} data-autofocus onClick={() => perform(load())}>
                {plan.outcome.loads > 0 ? `Load ${counted(plan.outcome.loads, 'row')}` : 'Keep the corrections'}
              </Button>
            )}
          </Group>
        </div>
      )}
    </Modal>
  )
}

function Facts({ plan }: Readonly<{ plan: HeldLoad }>): ReactNode {
  const { corrected, untouched, notHeld, repeated, broken, lines, ignoredColumns, outcome } = plan
  const facts: readonly (readonly [label: string, figure: number, note: string])[] = [
    ['Corrected', corrected, corrected === 0 ? 'no cell differs from what was written' : ''],
    ['As they were', untouched, 'they stay held'],
    ['Not held now', notHeld, notHeldNote(plan)],
    ['Repeated', repeated, 'the last one of a row counts'],
    ['Not readable', broken, 'no line is named, or the row cannot be taken apart'],
  ]
  return (
    <>
      <p>
        {counted(plan.rows, 'row')} read. <strong>{count(outcome.loads)}</strong> would load
        {outcome.holds > 0 && (
          <>
            , {count(outcome.holds)} would still be held:{' '}
            {outcome.rules.map(rule => `${count(rule.count)} ${ruleTitle(rule.code).toLowerCase()}`).join(', ')}
          </>
        )}
        .
      </p>
      <dl className="facts">
        {facts
          .filter(([, figure], place) => figure > 0 || place === 0)
          .flatMap(([label, figure, note]) => [
            <dt key={label}>{label}</dt>,
            <dd key={`${label} figure`}>
              {count(figure)} {note !== '' && <span className="muted">{note}</span>}
            </dd>,
          ])}
      </dl>
      {lines.length > 0 && (
        <p className="muted">
          Look at {lines.length === 1 ? 'line' : 'lines'} {lines.join(', ')} of the file.
        </p>
      )}
      {plan.mended !== undefined && (
        <p className="muted">
          {counted(plan.mended, 'cell')} rewritten by a spreadsheet, such as zeros in front or the form of a day. What
          was read from the file stays.
        </p>
      )}
      {ignoredColumns.length > 0 && (
        <p className="muted">Columns that no imported file has are not read: {ignoredColumns.join(', ')}.</p>
      )}
    </>
  )
}

function notHeldNote({ notHeld, superseded = [] }: HeldLoad): string {
  const others = 'loaded or left out since, or of another project'
  const newer = superseded.reduce((sum, { rows }) => sum + rows, 0)
  if (newer === 0) return others
  const held = superseded.reduce((sum, each) => sum + each.held, 0)
  const where = superseded.map(({ importId }) => importId).join(', ')
  const waits =
    held === 0 ? 'loaded or settled there' : `${held === newer ? '' : `${count(held)} of them `}still held there`
  const told = `${count(newer)} superseded by import ${where}, ${waits}`
  return newer === notHeld ? told : `${told}; others ${others}`
}
