import { Button } from '@mantine/core'
import { FileWarning } from 'lucide-react'
import type { ReactNode } from 'react'
import { choosePreset, useCrmExport } from '../../state/export-crm.ts'
import { chooseErrorFiles, sentBackBy, useErrorFile } from '../../state/export-errors.ts'
import { openUnit } from '../../state/navigation.ts'
import { count, counted, words } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** A file with errors that came back from a CRM marks its rows, so that they come with the next export again. */
export function ErrorFile(): ReactNode {
  const platform = useServices()
  const presets = useCrmExport(state => state.presets)
  const preset = useCrmExport(sentBackBy)
  const isReading = useErrorFile(state => state.isReading)
  const delivered = presets.filter(({ lastExport }) => lastExport !== null)
  return (
    <section className="error-file" aria-label="Error file">
      <div className="error-file__bar">
        <span>An error file from</span>
        <select
          className="choice-field"
          aria-label="CRM that sent the file back"
          value={preset}
          onChange={event => {
            const chosen = presets.find(known => known.preset === event.currentTarget.value)
            if (chosen !== undefined) choosePreset(chosen.preset)
          }}
        >
          {(delivered.length === 0 ? presets : delivered).map(known => (
            <option key={known.preset} value={known.preset}>
              {known.title}
            </option>
          ))}
        </select>
        <Button
          size="compact-sm"
          variant="default"
          loading={isReading}
          leftSection={<FileWarning size={14} aria-hidden />}
          onClick={() => perform(chooseErrorFiles(platform))}
        >
          Choose
        </Button>
        <span className="muted clip">
          or drop it on the window. Its rows are marked, and come with the next export.
        </span>
      </div>
      <Answer />
    </section>
  )
}

function Answer(): ReactNode {
  const last = useErrorFile(state => state.last)
  if (last === null) return null
  const { file, answer } = last
  return (
    <div className="error-file__answer">
      <p role="status">
        <code>{file}</code>: {count(answer.matched)} of {counted(answer.rows, 'row')} marked
        {answer.unmatched > 0 && (
          <span className="muted">; {count(answer.unmatched)} unknown: not written here, or changed since</span>
        )}
      </p>
      {answer.failed.length > 0 && (
        <table className="plain-table" aria-label="Rows that were sent back">
          <thead>
            <tr>
              <th scope="col">Object</th>
              <th scope="col">Record</th>
              <th scope="col">What the CRM says</th>
            </tr>
          </thead>
          <tbody>
            {answer.failed.map(({ object, key, unitId, message }) => (
              <tr key={`${object} ${key}`}>
                <td className="soft">{words(object)}</td>
                <td>
                  <button type="button" className="plain record-link" onClick={() => openUnit(unitId)}>
                    <code>{key}</code>
                  </button>
                </td>
                <td className="soft">{message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
