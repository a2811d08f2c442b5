import { Button } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { revertPolicy } from '../../state/routing-apply.ts'
import { useRouting } from '../../state/routing-draft.ts'
import { compareVersion, useVersions } from '../../state/routing-versions.ts'
import { setRoutingView } from '../../state/routing-view.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { count } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { notifyDone, notifyFailure, perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { Moves } from './Moves.tsx'

/** What bringing an earlier version back would move, before it is in force. */
export function RevertDialog({ hash }: Readonly<{ hash: string }>): ReactNode {
  const { client } = useServices()
  const [isBusy, setBusy] = useState(false)
  const version = useVersions(state => state.versions.find(known => known.hash === hash) ?? null)
  const check = useVersions(state => (state.compared?.hash === hash ? state.compared.check : null))
  const hasDraft = useRouting(state => state.draft !== null)
  useEffect(() => perform(compareVersion(client, hash)), [client, hash])
  if (version === null) return null
  const close = (): void => setRoutingView({ dialog: null })
  const revert = async (): Promise<void> => {
    setBusy(true)
    try {
      await revertPolicy(client, hash)
      close()
      notifyDone('An earlier version is in force', 'Routes follow with the next scoring.')
    } catch (error) {
      setBusy(false)
      notifyFailure(error)
    }
  }
  return (
    <Dialog onClose={close} title={`Bring back ${version.name}, version ${count(version.version)}`} size={640}>
      <div className="review routing-review">
        {check === null ? <SkeletonRows rows={3} label="The version is being tried" /> : <Moves moved={check.moved} />}
        {hasDraft && <p className="map-dialog__warn">The edited rules are discarded.</p>}
        <div className="dialog-actions">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button data-autofocus loading={isBusy} disabled={check === null} onClick={() => void revert()}>
            Bring into force
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
