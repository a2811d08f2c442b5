import type { ReactNode } from 'react'
import { type ChecklistDocument, changeRow, isChecklist } from '../../state/model-document.ts'
import { documentOf, editModel, useModelEditor } from '../../state/model-editor.ts'
import { words } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { Figure } from './Field.tsx'

/** A checklist: each line that is reached adds its weight, nothing fades. */
export function ChecklistTab(): ReactNode {
  const { client } = useServices()
  const document = useModelEditor(documentOf)
  if (document === null || !isChecklist(document)) return null
  const change = (place: number, to: Partial<ChecklistDocument['rows'][number]>): void =>
    perform(editModel(client, own => (isChecklist(own) ? changeRow(own, place, to) : own)))
  return (
    <div className="scroll">
      <table className="data-table model-table" aria-label="Checks">
        <thead>
          <tr>
            <th scope="col">Check</th>
            <th scope="col">Reached from</th>
            <th scope="col">Points</th>
          </tr>
        </thead>
        <tbody>
          {document.rows.map(({ signal, threshold, weight }, place) => (
            <tr key={signal}>
              <th scope="row">{words(signal)}</th>
              <td>
                <Figure
                  label={`${words(signal)}, reached from`}
                  value={threshold}
                  onChange={value => change(place, { threshold: value })}
                />
              </td>
              <td>
                <Figure
                  label={`${words(signal)}, points`}
                  value={weight}
                  onChange={value => change(place, { weight: value })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
