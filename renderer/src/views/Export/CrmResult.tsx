import { SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { sum } from '#lib/num'
import { type DryRun, setCrmView, useCrmExport } from '../../state/export-crm.ts'
import { count, counted } from '../../ui/format.ts'
import { CrmRecords } from './CrmRecords.tsx'
import { CrmSamples } from './CrmSamples.tsx'
import { CrmSummary } from './CrmSummary.tsx'
import { LEFT_OUT } from './crm-words.ts'
import { Findings } from './Findings.tsx'

const NONE: readonly DryRun[] = []

/** What an export would come to: CRM by CRM where there are several, and of the one that is looked at by object, finding by finding, and file by file. */
export function CrmResult(): ReactNode {
  const answers = useCrmExport(state => state.tried?.answers ?? NONE)
  const shown = useCrmExport(state => state.preset)
  const answer = answers.find(({ preset }) => preset === shown) ?? answers[0]
  const part = useCrmExport(state => state.part)
  if (answer === undefined) return null
  return (
    <section className="crm-result" aria-label="Dry run">
      {answers.length > 1 && <CrmSummary answers={answers} shown={answer.preset} />}
      <div className="crm-result__bar">
        <SegmentedControl
          size="xs"
          aria-label="Part of the dry run"
          value={part}
          onChange={value => setCrmView({ part: value as typeof part })} // the values are the parts
          data={[
            { value: 'records', label: 'Records' },
            { value: 'findings', label: `Findings ${count(answer.findingsTotal)}` },
            { value: 'files', label: `Files ${count(answer.files.length)}` },
          ]}
        />
        <span className="muted clip" title={verdictOf(answer)}>
          {verdictOf(answer)}
        </span>
      </div>
      {part === 'records' ? (
        <CrmRecords answer={answer} />
      ) : part === 'findings' ? (
        <Findings answer={answer} />
      ) : (
        <CrmSamples answer={answer} />
      )}
    </section>
  )
}

function verdictOf({ units, leftOut, coolingDown, cellsMadeHarmless }: DryRun): string {
  const parts = [
    'Nothing is written yet',
    takenWords(units, leftOut),
    ...(coolingDown > 0 ? [`${counted(coolingDown, 'record')} cooling down`] : []),
    ...(cellsMadeHarmless > 0 ? [`${counted(cellsMadeHarmless, 'formula cell')} made harmless`] : []),
  ]
  return parts.join(' · ')
}

/** `585 workspaces`, or `585 of 600 workspaces: 10 go nowhere, 5 wait for review` */
function takenWords(units: number, leftOut: DryRun['leftOut']): string {
  if (leftOut.length === 0) return counted(units, 'workspace')
  const all = units + sum(leftOut.map(own => own.units))
  const parts = leftOut.map(own => `${count(own.units)} ${LEFT_OUT[own.destination] ?? own.destination}`)
  return `${count(units)} of ${counted(all, 'workspace')}: ${parts.join(', ')}`
}
