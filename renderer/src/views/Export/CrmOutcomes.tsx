import { CircleAlert, CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useCrmExport } from '../../state/export-crm.ts'
import { counted } from '../../ui/format.ts'
import { PresetTitle } from './Deliveries.tsx'

/** What became of each CRM of a delivery to several: written whole, or not at all and why. */
export function CrmOutcomes({ token }: Readonly<{ token: string }>): ReactNode {
  const last = useCrmExport(state => state.last)
  if (last === null || last.token !== token || last.results.length < 2) return null
  return (
    <ul className="crm-outcomes" aria-label="What became of each CRM">
      {last.results.map(({ preset, written, failure }) => (
        <li key={preset} className={failure === null ? 'with-mark' : 'with-mark crm-outcomes__failed'}>
          {failure === null ? <CircleCheck size={14} aria-hidden /> : <CircleAlert size={14} aria-hidden />}
          <span className="crm-outcomes__name">
            <PresetTitle preset={preset} />
          </span>
          <span className="soft">
            {written === null
              ? `not written: ${failure?.message ?? ''}`
              : `${counted(written.created, 'record')} to create, ${counted(written.updated, 'record')} to update, ${counted(written.held, 'record')} held`}
          </span>
        </li>
      ))}
    </ul>
  )
}
