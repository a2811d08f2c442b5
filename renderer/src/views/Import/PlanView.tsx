import type { ReactNode } from 'react'
import { chooseSource, dropFromPlan, type FilePlan, useImports } from '../../state/imports.ts'
import { bytes, counted, words } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { PlanDetail } from './PlanDetail.tsx'
import { CurrentJob } from './ReadingFiles.tsx'

/** Files that were read, and what an import would make of the chosen one. */
export function PlanView(): ReactNode {
  const plan = useImports(state => state.plan)
  const phase = useImports(state => state.phase)
  const chosen = useImports(state => state.plan.find(file => file.source === state.chosenSource) ?? null)
  const unknown = plan.filter(file => file.table === null).length
  return (
    <div className="plan">
      {phase !== 'planned' && <CurrentJob />}
      <div className="plan__columns">
        <section className="plan__files" aria-label="Files">
          <p className="plan__says">
            {counted(plan.length, 'file')} read, nothing imported yet.
            {unknown > 0 && ` ${counted(unknown, 'file fits', 'files fit')} no table and will be passed over.`}
          </p>
          <ul>
            {plan.map(file => (
              <PlanLine
                key={file.source}
                file={file}
                isChosen={file.source === chosen?.source}
                isFixed={phase !== 'planned'}
              />
            ))}
          </ul>
        </section>
        {chosen !== null && <PlanDetail file={chosen} />}
      </div>
    </div>
  )
}

type LineProps = Readonly<{ file: FilePlan; isChosen: boolean; isFixed: boolean }>

function PlanLine({ file, isChosen, isFixed }: LineProps): ReactNode {
  const { shell } = useServices()
  return (
    <li className={isChosen ? 'plan-line is-selected' : 'plan-line'}>
      <button
        type="button"
        className="plain plan-line__choose"
        aria-pressed={isChosen}
        onClick={() => chooseSource(file.source)}
      >
        <span className="plan-line__file clip">{file.file}</span>
        <span className={file.table === null ? 'plan-line__table is-unknown' : 'plan-line__table'}>
          {file.table === null ? 'Fits no table' : words(file.table).replace('Crm', 'CRM')}
        </span>
        <span className="number muted">{bytes(file.bytes)}</span>
      </button>
      <button
        type="button"
        className="plain plan-line__drop"
        aria-label={`Take ${file.file} out`}
        disabled={isFixed}
        onClick={() => perform(dropFromPlan(shell, file.source))}
      >
        ×
      </button>
    </li>
  )
}
