import type { ReactNode } from 'react'
import { type DryRun, setCrmView, useCrmExport } from '../../state/export-crm.ts'
import { count, counted } from '../../ui/format.ts'

/** Every file that would be written; of those with records the beginning as its bytes would stand there. */
export function CrmSamples({ answer: { samples, files } }: Readonly<{ answer: DryRun }>): ReactNode {
  const chosen = useCrmExport(state => state.sample)
  const file = files.find(({ name }) => name === chosen) ?? files[0]
  if (file === undefined) return null
  const sample = samples.find(own => own.file === file.name)
  return (
    <div className="crm-samples">
      <ul className="crm-samples__files" aria-label="Files">
        {files.map(({ name, rows }) => (
          <li key={name}>
            <button
              type="button"
              className={name === file.name ? 'plain channel-line is-selected' : 'plain channel-line'}
              aria-pressed={name === file.name}
              onClick={() => setCrmView({ sample: name })}
            >
              <span className="clip">{name}</span>
              <span className="number muted">{rows === 0 ? '' : count(rows)}</span>
            </button>
          </li>
        ))}
      </ul>
      <section className="crm-samples__text" aria-labelledby="crm-sample-title">
        <h3 id="crm-sample-title" className="section-title">
          {file.name}
          {sample !== undefined && <span className="muted"> {counted(file.rows, 'row')}; how it begins</span>}
        </h3>
        {sample === undefined ? (
          <p className="soft">{besideWords(file.name)}</p>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable without a pointer
          <pre className="crm-samples__raw" tabIndex={0}>
            {sample.text}
          </pre>
        )}
      </section>
    </div>
  )
}

/** What a file is for that has no records of the CRM. */
function besideWords(name: string): string {
  if (name === 'manifest.json')
    return 'What the files were made from and what is in them: inputs, model, rules, rows and hashes.'
  if (name === 'alerts.csv') return 'What owners and territories should hear of, as the alerts of Routing list it.'
  return 'Maps the headers of the file of its name to fields of the CRM.'
}
