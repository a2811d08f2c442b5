import type { ReactNode } from 'react'
import { type DryRun, setCrmView, useCrmExport } from '../../state/export-crm.ts'
import { count, counted } from '../../ui/format.ts'

/** The beginning of each file as its bytes would stand there. */
export function CrmSamples({ answer: { samples, files } }: Readonly<{ answer: DryRun }>): ReactNode {
  const chosen = useCrmExport(state => state.sample)
  const sample = samples.find(({ file }) => file === chosen) ?? samples[0]
  const rowsOf = (name: string): number | null => files.find(file => file.name === name)?.rows ?? null
  if (sample === undefined) return null
  const rows = rowsOf(sample.file)
  return (
    <div className="crm-samples">
      <ul className="crm-samples__files" aria-label="Files">
        {samples.map(({ file }) => (
          <li key={file}>
            <button
              type="button"
              className={file === sample.file ? 'plain channel-line is-selected' : 'plain channel-line'}
              aria-pressed={file === sample.file}
              onClick={() => setCrmView({ sample: file })}
            >
              <span className="clip">{file}</span>
              <span className="number muted">{count(rowsOf(file))}</span>
            </button>
          </li>
        ))}
      </ul>
      <section className="crm-samples__text" aria-labelledby="crm-sample-title">
        <h3 id="crm-sample-title" className="section-title">
          {sample.file} {rows !== null && <span className="muted">{counted(rows, 'row')}; how it begins</span>}
        </h3>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable without a pointer */}
        <pre className="crm-samples__raw" tabIndex={0}>
          {sample.text}
        </pre>
      </section>
    </div>
  )
}
