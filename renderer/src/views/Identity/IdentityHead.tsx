import { ActionIcon, Tooltip } from '@mantine/core'
import { Redo2, Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useIdentity } from '../../state/identity-overview.ts'
import { redoAnswer, undoAnswer } from '../../state/review-answers.ts'
import { count, counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** What came out of all user records, and the way back from every answer. */
export function IdentityHead(): ReactNode {
  const { client } = useServices()
  const overview = useIdentity(state => state.overview)
  return (
    <div className="screen__head">
      <h1 className="screen__title">Identity</h1>
      {overview !== null && (
        <span
          className="muted clip"
          title={[
            `${count(overview.compared)} pairs of records were compared.`,
            ...(overview.personsWithoutRecord === 0
              ? []
              : [
                  `${counted(overview.personsWithoutRecord, 'user id')} of events, memberships or workspaces have no row in users: each is a person of its own.`,
                ]),
          ].join(' ')}
        >
          {counted(overview.persons, 'person', 'people')} from {counted(overview.records.users, 'user record')}
          {overview.mergedUsers > 0 &&
            `, ${counted(overview.mergedUsers, 'record')} joined into ${counted(overview.mergedPersons, 'person', 'people')}`}
          {overview.personsWithoutRecord > 0 && ` · ${count(overview.personsWithoutRecord)} more without a record`}
        </span>
      )}
      <div className="screen__spacer" />
      {overview !== null && (
        <>
          <Tooltip label="Take the last answer back (Z)">
            <ActionIcon
              aria-label="Take the last answer back"
              disabled={!overview.steps.canUndo}
              onClick={() => perform(undoAnswer(client))}
            >
              <Undo2 size={16} strokeWidth={1.75} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Take it up again (Shift Z)">
            <ActionIcon
              aria-label="Take it up again"
              disabled={!overview.steps.canRedo}
              onClick={() => perform(redoAnswer(client))}
            >
              <Redo2 size={16} strokeWidth={1.75} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </>
      )}
    </div>
  )
}
