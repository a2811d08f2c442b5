import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { openRecord } from '../../state/record.ts'
import { type IcpPreview as Preview, useIcp } from '../../state/routing-icp.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count, counted, decimal, difference } from '../../ui/format.ts'
import { ShareBar } from '../../ui/ShareBar.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** Who would be of which tier by the edited rules, and who moves. */
export function IcpPreview(): ReactNode {
  const preview = useIcp(state => state.preview)
  const isOld = useIcp(state => state.isPreviewOld)
  if (preview === null) return null
  return (
    <aside className="icp__preview scroll" aria-label="Who becomes what" aria-busy={isOld}>
      {preview.accounts === 0 ? (
        <EmptyState title="No accounts are imported">
          Rules are tried on accounts. Import them to see who is what.
        </EmptyState>
      ) : (
        <>
          <TierCounts preview={preview} />
          <Moved preview={preview} />
        </>
      )}
    </aside>
  )
}

type Props = Readonly<{ preview: Preview }>

export function TierCounts({ preview: { accounts, given, tiers } }: Props): ReactNode {
  return (
    <section aria-labelledby="tier-counts">
      <h2 id="tier-counts" className="section-title">
        {counted(accounts, 'account')}{' '}
        <span className="muted">{given === 0 ? '' : `${count(given)} of them as the CRM says`}</span>
      </h2>
      <table className="plain-table icp-tiers" aria-label="Accounts by tier">
        <thead>
          <tr>
            <th scope="col">Tier</th>
            <th scope="col" className="number">
              Accounts
            </th>
            <th scope="col" className="number">
              Change
            </th>
            <th scope="col">
              <span className="unseen">Share</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tiers.map(({ tier, before, after }) => (
            <tr key={tier ?? 'none'}>
              <th scope="row">{tierText(tier)}</th>
              <td className="number">{count(after)}</td>
              <td className="number">
                {after === before ? (
                  <span className="muted">–</span>
                ) : (
                  <span className={after > before ? 'change is-up' : 'change is-down'}>
                    {difference(after - before)}
                  </span>
                )}
              </td>
              <td>
                <ShareBar share={accounts === 0 ? 0 : after / accounts} color="var(--bucket-fit)" width={96} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const tierText = (tier: string | null): string => (tier === null ? 'No tier' : tier)

type MovedAccount = Preview['moved'][number]

function Moved({ preview: { moved, movedTotal } }: Props): ReactNode {
  const { client } = useServices()
  return (
    <section aria-labelledby="moved-title">
      <h2 id="moved-title" className="section-title">
        {movedTotal === 0 ? 'No account moves' : `${counted(movedTotal, 'account moves', 'accounts move')}`}
      </h2>
      {moved.length > 0 && (
        <DataTable
          label="Accounts that move"
          columns={columnsOf(accountId => perform(openRecord(client, 'accounts', accountId)))}
          rows={moved}
          keyOf={({ accountId }) => accountId}
        />
      )}
      {movedTotal > moved.length && <p className="muted">{count(movedTotal - moved.length)} more.</p>}
    </section>
  )
}

function columnsOf(open: (accountId: string) => void): readonly Column<MovedAccount>[] {
  return [
    {
      id: 'name',
      header: 'Account',
      cell: ({ accountId, name }) => (
        <button type="button" className="plain record-link" title={accountId} onClick={() => open(accountId)}>
          {name ?? accountId}
        </button>
      ),
    },
    {
      id: 'move',
      header: 'Tier',
      cell: ({ from, to }) => (
        <span className="move">
          <span className="muted">{tierText(from)}</span>
          <ArrowRight size={12} aria-label="to" />
          {tierText(to)}
        </span>
      ),
    },
    { id: 'score', header: 'Score', align: 'end', cell: ({ score }) => decimal(score) },
  ]
}
