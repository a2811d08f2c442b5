import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { discardTexts, saveTexts, useTexts } from '../../state/export-texts.ts'
import { counted } from '../../ui/format.ts'
import { notifyDone, notifyFailure, perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** Edited texts are kept, or left as they were. */
export function TextActions(): ReactNode {
  const { client } = useServices()
  const [isBusy, setBusy] = useState(false)
  const edited = useTexts(state => Object.keys(state.drafts).length)
  const isFaulty = useTexts(state => (state.preview?.problems.length ?? 0) > 0)
  const isOld = useTexts(state => state.isPreviewOld)
  if (edited === 0) return null
  const save = async (): Promise<void> => {
    setBusy(true)
    try {
      await saveTexts(client)
      notifyDone(`${counted(edited, 'text')} kept`, 'The next export is written with them.')
    } catch (error) {
      notifyFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <span className="draft-status" role="status">
        {counted(edited, 'text')} edited
      </span>
      <Button variant="default" onClick={() => perform(discardTexts(client))}>
        Discard
      </Button>
      <Button loading={isBusy} disabled={isFaulty || isOld} onClick={() => void save()}>
        Keep the texts
      </Button>
    </>
  )
}
