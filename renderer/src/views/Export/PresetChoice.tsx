import type { ReactNode } from 'react'
import { type PresetView, takePreset, useCrmExport } from '../../state/export-crm.ts'
import { counted, date } from '../../ui/format.ts'

/** The CRMs that the files are for, each with when it was handed something last. */
export function PresetChoice(): ReactNode {
  const presets = useCrmExport(state => state.presets)
  return (
    <section aria-labelledby="presets-title">
      <h2 id="presets-title" className="section-title">
        Written for
      </h2>
      <fieldset className="presets" aria-labelledby="presets-title">
        {presets.map(known => (
          <Choice key={known.preset} known={known} />
        ))}
      </fieldset>
    </section>
  )
}

function Choice({ known }: Readonly<{ known: PresetView }>): ReactNode {
  const { preset, title, lastExport } = known
  const isChosen = useCrmExport(state => state.chosen.includes(preset))
  return (
    <label className={isChosen ? 'preset is-selected' : 'preset'}>
      <input type="checkbox" checked={isChosen} onChange={event => takePreset(preset, event.currentTarget.checked)} />
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
