import { type ReactNode, useEffect } from 'react'
import { isSeen, loadPresets, tryCrmExport, useCrmExport } from '../../state/export-crm.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { CurrentJob } from '../Import/ReadingFiles.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { CrmOptionFields } from './CrmOptionFields.tsx'
import { CrmResult } from './CrmResult.tsx'
import { PresetChoice } from './PresetChoice.tsx'
import { PresetFiles } from './PresetFiles.tsx'

type Props = Readonly<{ runId: number }>

/** Files for CRMs: which and how, what they would come to, and only then written. */
export function CrmTab({ runId }: Props): ReactNode {
  const { client } = useServices()
  const status = useCrmExport(state => state.status)
  const hasPresets = useCrmExport(state => state.presets.length > 0)
  useEffect(() => perform(loadPresets(client)), [client])
  if (status === 'failed') return <Retry title="The CRM files cannot be shown" again={() => loadPresets(client)} />
  if (!hasPresets) return <SkeletonRows rows={8} label="The presets are being read" />
  return (
    <div className="channels crm">
      <div className="channels__side crm__side">
        <PresetChoice />
        <CrmOptionFields />
      </div>
      <Result runId={runId} />
    </div>
  )
}

function Result({ runId }: Props): ReactNode {
  const { client } = useServices()
  const status = useCrmExport(state => state.status)
  const isOld = useCrmExport(state => state.tried !== null && !isSeen(state, runId))
  const hasTried = useCrmExport(
    ({ tried, chosen }) => tried?.answers.some(({ preset }) => chosen.includes(preset)) === true,
  )
  const hasNone = useCrmExport(state => state.chosen.length === 0)
  if (status === 'trying' || status === 'writing')
    return (
      <div className="crm__main">
        <CurrentJob />
        <SkeletonRows
          rows={8}
          label={status === 'trying' ? 'The export is being tried' : 'The files are being written'}
        />
      </div>
    )
  if (hasNone)
    return <EmptyState title="No CRM is chosen">Choose one or several that files are to be written for.</EmptyState>
  if (!hasTried) return <PresetFiles />
  return (
    <div className="crm__main">
      {isOld && (
        <p className="crm__old" role="status">
          These figures are of other options or earlier scores.{' '}
          <button type="button" className="plain text-button" onClick={() => perform(tryCrmExport(client, runId))}>
            Try again
          </button>
        </p>
      )}
      <CrmResult />
    </div>
  )
}
