import type { ReactNode } from 'react'
import { sum } from '#lib/num'
import { choosePreset, type DryRun } from '../../state/export-crm.ts'
import { count } from '../../ui/format.ts'
import { PresetTitle } from './Deliveries.tsx'

type Props = Readonly<{ answers: readonly DryRun[]; shown: DryRun['preset'] }>
type Figure = Readonly<{ header: string; of: (answer: DryRun) => number; isTrouble?: true }>

const inAll = (pick: (object: DryRun['objects'][number]) => number) => (answer: DryRun) => sum(answer.objects.map(pick))

const FIGURES: readonly Figure[] = [
  { header: 'Created', of: inAll(({ create }) => create) },
  { header: 'Updated', of: inAll(({ update }) => update) },
  { header: 'Unchanged', of: inAll(({ unchanged }) => unchanged) },
  { header: 'Held', of: inAll(({ held, matchedTwice }) => held + matchedTwice), isTrouble: true },
  { header: 'Findings', of: ({ findingsTotal }) => findingsTotal },
  { header: 'Files', of: ({ files }) => files.length },
]

/** What each CRM would get, one line for each; the one that is looked at stands below. */
export function CrmSummary({ answers, shown }: Props): ReactNode {
  return (
    <table className="data-table crm-summary" aria-label="Dry run by CRM">
      <thead>
        <tr>
          <th scope="col">CRM</th>
          {FIGURES.map(({ header }) => (
            <th key={header} scope="col" className="number">
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {answers.map(answer => (
          <tr key={answer.preset} className={answer.preset === shown ? 'is-selected' : undefined}>
            <th scope="row">
              <button
                type="button"
                className="plain crm-summary__name"
                aria-pressed={answer.preset === shown}
                onClick={() => choosePreset(answer.preset)}
              >
                <PresetTitle preset={answer.preset} />
              </button>
            </th>
            {FIGURES.map(({ header, of, isTrouble }) => (
              <td key={header} className={isTrouble && of(answer) > 0 ? 'number crm-summary__trouble' : 'number'}>
                {count(of(answer))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
