import { TagsInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { changeRole, type ModelDocument, type RoleFactor } from '../../state/model-document.ts'
import { documentOf, editModel, useModelEditor } from '../../state/model-editor.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { roleOf } from '../words.ts'
import { Field, Figure } from './Field.tsx'

const FACTORS: readonly RoleFactor[] = ['admin', 'manager', 'contributor', 'other']
type TitleList = keyof ModelDocument['roles']['titles']

const LISTS: readonly Readonly<{ id: TitleList; label: string; means: string }>[] = [
  { id: 'managerSeniority', label: 'Seniority that is manager or above', means: 'Values of the seniority column.' },
  { id: 'contributorSeniority', label: 'Seniority of contributors', means: 'Values of the seniority column.' },
  { id: 'manager', label: 'Job titles that are manager or above', means: 'Patterns; * stands for anything.' },
  { id: 'notManager', label: 'Job titles that only sound like it', means: 'Patterns; they win over those above.' },
]

/** What the points of a person are multiplied by, and how a role is told. */
export function RolesTab(): ReactNode {
  const { client } = useServices()
  const roles = useModelEditor(state => documentOf(state)?.roles ?? null)
  if (roles === null) return null
  const edit = (change: Partial<ModelDocument['roles']>): void =>
    perform(editModel(client, document => ({ ...document, roles: { ...document.roles, ...change } })))
  return (
    <div className="scroll model-page">
      <section aria-label="Role factors" className="model-section">
        <h2 className="section-title">Role factors</h2>
        <p className="muted">The points of a person are multiplied by the factor of the role. 1 changes nothing.</p>
        <div className="model-stages">
          {FACTORS.map(role => (
            <Field key={role} label={roleOf(role).label} means={roleOf(role).means}>
              <Figure
                label={`${roleOf(role).label}, factor`}
                value={roles[role]}
                step={0.1}
                onChange={factor => perform(editModel(client, document => changeRole(document, role, factor)))}
              />
            </Field>
          ))}
        </div>
      </section>
      <section aria-label="How a role is told" className="model-section model-section--wide">
        <h2 className="section-title">How a role is told</h2>
        <TagsInput
          label="Target departments"
          description="Where any are named, only their contributors count as contributors; empty: every department."
          value={roles.targetDepartments}
          onChange={targetDepartments => edit({ targetDepartments })}
        />
        {LISTS.map(({ id, label, means }) => (
          <TagsInput
            key={id}
            label={label}
            description={means}
            value={roles.titles[id]}
            onChange={values => edit({ titles: { ...roles.titles, [id]: values } })}
          />
        ))}
      </section>
    </div>
  )
}
