import type { ReactNode } from 'react'
import { useCrmExport } from '../../state/export-crm.ts'

/** The files of each chosen CRM in the order in which they are imported, before it is known what is in them. */
export function PresetFiles(): ReactNode {
  const presets = useCrmExport(state => state.presets)
  const chosen = useCrmExport(state => state.chosen)
  const views = presets.filter(({ preset }) => chosen.includes(preset))
  return (
    <div className="crm__main scroll">
      {views.map((view, i) => (
        <section key={view.preset} aria-labelledby={`files-of-${view.preset}`}>
          <div className="crm__intro">
            <h2 id={`files-of-${view.preset}`} className="panel-title">
              Files for {view.title}
            </h2>
            {i === 0 && (
              <p className="soft">
                In the order in which they are imported. A dry run says what each would create and update; files are
                written only after it{views.length > 1 ? ', each CRM into a folder of its own' : ''}.
              </p>
            )}
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
      ))}
    </div>
  )
}
