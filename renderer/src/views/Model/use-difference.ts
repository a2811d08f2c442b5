import { useEffect, useState } from 'react'
import type { Input } from '#contract/contract'
import type { DocumentChange } from '../../state/model-editor.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** What differs between the model in force and another; null until the engine has answered. */
export function useDifference(hash: string | null, json: string | null): readonly DocumentChange[] | null {
  const { client } = useServices()
  const [changes, setChanges] = useState<readonly DocumentChange[] | null>(null)
  useEffect(() => {
    let isLatest = true
    const to: Input<'model.diff'>['to'] | null = hash !== null ? { hash } : json !== null ? { json } : null
    setChanges(null)
    if (to !== null)
      perform(
        client['model.diff']({ to }).then(answer => {
          if (isLatest) setChanges(answer.changes)
        }),
      )
    return () => {
      isLatest = false
    }
  }, [client, hash, json])
  return changes
}
