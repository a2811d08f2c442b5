import { Button, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Platform } from '../../platform/platform.ts'
import { forgetUndo, type Undoing, useUndo } from '../../state/import-undo.ts'
import { undoImport, useImports } from '../../state/imports.ts'
import { refreshSummary } from '../../state/project.ts'
import { counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { tableWords } from './board-words.ts'

/** What taking an import back would do, before it is done. */
export function UndoDialog(): ReactNode {
  const platform = useServices()
  const asked = useUndo(state => state.asked)
  const isFix = useImports(state =>
    state.list.some(({ importId, madeOf }) => importId === asked[0]?.importId && madeOf !== undefined),
  )
  const isUndoing = useUndo(state => state.status === 'undoing')
  return (
    <Modal
      opened={asked.length > 0}
      onClose={forgetUndo}
      title={`Undo the ${isFix ? 'fix of held rows' : 'import'} of ${asked[0]?.file ?? ''}`}
      size={460}
      className="undo-dialog"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {asked.map(one => (
        <section key={one.importId}>
          <p className="soft">
            {tableWords(one.table)} will be as before this {isFix ? 'fix' : 'import'}:
          </p>
          <ul className="undo-list">
            {effects(one).map(effect => (
              <li key={effect}>{effect}</li>
            ))}
          </ul>
        </section>
      ))}
      <p className="muted">
        Scores stay as they are until the next scoring. The file itself is not touched and can be imported again.
      </p>
      <div className="dialog-actions">
        <Button data-autofocus variant="default" disabled={isUndoing} onClick={forgetUndo}>
          Keep
        </Button>
        <Button color="red" loading={isUndoing} onClick={() => perform(confirm(platform))}>
          Undo the {isFix ? 'fix' : 'import'}
        </Button>
      </div>
    </Modal>
  )
}

function effects({ takenOut, changedBack, broughtBack, events, held, heldAgain }: Undoing): readonly string[] {
  const parts = [
    takenOut > 0 ? `${counted(takenOut, 'row')} that it added will go` : null,
    changedBack > 0 ? `${counted(changedBack, 'row')} that it changed will be as before` : null,
    broughtBack > 0 ? `${counted(broughtBack, 'row')} that it took out will be back` : null,
    events > 0 ? `${counted(events, 'event')} will go` : null,
    held > 0 ? `${counted(held, 'held row')} will go with it` : null,
    heldAgain > 0 ? `${counted(heldAgain, 'row')} will be held again` : null,
  ].filter(part => part !== null)
  return parts.length === 0 ? ['It changed no row of it'] : parts
}

async function confirm({ client }: Platform): Promise<void> {
  await undoImport(client)
  await refreshSummary(client)
}
