import type { ReactNode } from 'react'
import { useCrmExport } from '../../state/export-crm.ts'

/** The files of a CRM in the order in which they are imported, before it is known what is in them. */
export function PresetFiles(): ReactNode {
  const view = useCrmExport(state => state.presets.find(known => known.preset === state.preset) ?? null)
  if (view === null) return null
  return (
    <section className="crm__main scroll" aria-labelledby="preset-files-title">
      <div className="crm__intro">
        <h2 id="preset-files-title" className="panel-title">
          Files for {view.title}
        </h2>
        <p className="soft">
          In the order in which they are imported. A dry run says what each would create and update; files are written
          only after it.
        </p>
      </div>
      <ol className="preset-files">
        {view.files.map(({ name, title, note }) => (
          <li key={name} className="preset-file">
            <span className="preset-file__title">{title}</span>
            <code className="muted clip">{name}</code>
            <span className="soft preset-file__note">{note}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
