import type { ReactNode } from 'react'
import { choosePreset, type PresetView, useCrmExport } from '../../state/export-crm.ts'
import { counted, date } from '../../ui/format.ts'

/** The CRM that the files are for, each with what was handed over last. */
export function PresetChoice(): ReactNode {
  const presets = useCrmExport(state => state.presets)
  return (
    <section aria-labelledby="presets-title">
      <h2 id="presets-title" className="section-title">
        Written for
      </h2>
      <div role="radiogroup" aria-labelledby="presets-title">
        {presets.map(known => (
          <Choice key={known.preset} known={known} />
        ))}
      </div>
    </section>
  )
}

function Choice({ known }: Readonly<{ known: PresetView }>): ReactNode {
  const { preset, title, lastExport } = known
  const isChosen = useCrmExport(state => state.preset === preset)
  return (
    <label className={isChosen ? 'preset is-selected' : 'preset'}>
      <input type="radio" name="preset" checked={isChosen} onChange={() => choosePreset(preset)} />
      <span className="preset__title">{title}</span>
      <span
        className="muted preset__last"
        title={lastExport === null ? undefined : counted(lastExport.records, 'record')}
      >
        {lastExport === null ? 'not yet' : date(lastExport.at)}
      </span>
    </label>
  )
}
