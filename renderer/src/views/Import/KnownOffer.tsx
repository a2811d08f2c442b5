import { Button } from '@mantine/core'
import { History } from 'lucide-react'
import type { ReactNode } from 'react'
import { applyHeldChange } from '../../state/held-apply.ts'
import type { HeldGroup } from '../../state/held-group.ts'
import { type KnownFix, useHeldRows } from '../../state/held-rows.ts'
import { isRunning, useJobs } from '../../state/jobs.ts'
import { counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { notifyFixed } from './held-notice.tsx'
import { FIX_LABELS, READING_LABELS } from './held-text.ts'
import { useImportNames } from './import-names.ts'

/** What was done before about rows of this rule: done again by one button, never by itself. */
export function KnownOffers({ group }: Readonly<{ group: HeldGroup }>): ReactNode {
  const known = useHeldRows(state => state.known)
  if (group.state !== 'held') return null
  return known.filter(fix => placeOf(fix) === placeOf(group)).map(fix => <KnownOffer key={fix.effect} fix={fix} />)
}

const placeOf = ({ importId, code, column }: HeldGroup | KnownFix): string => [importId, code, column].join()

function KnownOffer({ fix }: Readonly<{ fix: KnownFix }>): ReactNode {
  const { client } = useServices()
  const isBusy = useJobs(state => state.jobs.some(isRunning))
  const { importId, code, column, effect, rows } = fix
  const from = useImportNames(fix.answers.map(answer => answer.from).toSorted((a, b) => a - b))
  const apply = async (): Promise<void> => {
    const change = { kind: 'known' as const, importId, code, column, effect }
    const { outcome, done } = await applyHeldChange(client, change)
    notifyFixed(client, outcome, done)
  }
  return (
    <div className="known-offer">
      <History size={14} aria-hidden />
      <p className="known-offer__text">
        <strong>{effect === 'judge' ? 'Fixed before' : 'Left out before'}</strong>
        {effect === 'judge' ? ` ${answersWords(fix.answers)}` : ''} in {from}
      </p>
      <Button variant="default" disabled={isBusy} onClick={() => perform(apply())}>
        {effect === 'judge' ? `Apply to ${counted(rows, 'row')}` : `Leave out ${counted(rows, 'row')}`}
      </Button>
    </div>
  )
}

const SHOWN = 2

function answersWords(answers: KnownFix['answers']): string {
  const more = answers.length > SHOWN ? ` and ${counted(answers.length - SHOWN, 'more value')}` : ''
  return `${answers.slice(0, SHOWN).map(answerWords).join(', ')}${more}`
}

function answerWords({ value, fix }: KnownFix['answers'][number]): string {
  const told = value === '' ? 'empty' : `“${value}”`
  if (fix === null) return 'as the same record was edited'
  if (fix.kind === 'replace') return fix.to === '' ? `${told} left empty` : `${told} to “${fix.to}”`
  if (fix.kind === 'read') return `${told} read as ${READING_LABELS[fix.as]}`
  if (fix.kind === 'pattern') return `${told} read as ${fix.pattern}`
  return FIX_LABELS[fix.kind].toLowerCase()
}
