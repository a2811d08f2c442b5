import type { ReactNode } from 'react'
import { type Overview, useIdentity } from '../../state/identity-overview.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { alignedBits, count, NONE, words } from '../../ui/format.ts'
import { BlockedValues } from './BlockedValues.tsx'
import { BITS_MEAN, sharedWords } from './identity-words.ts'

type Value = Overview['refusedValues'][number]
type Block = Overview['blocks'][number]

const REASONS: Readonly<Record<string, string>> = {
  placeholder: 'A placeholder: it stands for nothing known',
  not_an_address: 'No address',
  role_inbox: 'A shared mailbox',
  noreply: 'An address that nobody reads',
  relay: 'A relay: it hides who is behind it',
  too_many_records: 'More records than one person has',
  below_auto: 'Too many records to join by it alone',
}

const reasonWords = ({ reason }: Value): string => REASONS[reason] ?? words(reason)

const VALUES: readonly Column<Value>[] = [
  {
    id: 'value',
    header: 'Value',
    width: '30%',
    sortBy: row => row.value,
    cell: row => (
      <span className="clip" title={row.value}>
        {row.value}
      </span>
    ),
  },
  { id: 'kind', header: 'Kind', sortBy: row => row.kind, cell: row => words(sharedWords(row.kind)) },
  { id: 'records', header: 'Records', align: 'end', sortBy: row => row.records, cell: row => count(row.records) },
  { id: 'reason', header: 'Why it joins nobody', sortBy: row => reasonWords(row), cell: row => reasonWords(row) },
  {
    id: 'bits',
    header: 'Bits left',
    means: BITS_MEAN,
    align: 'end',
    sortBy: row => row.bits ?? Number.NEGATIVE_INFINITY,
    cell: row => (row.bits === null ? NONE : alignedBits(row.bits)),
  },
]

const BLOCKS: readonly Column<Block>[] = [
  {
    id: 'kind',
    header: 'Compared because they share',
    sortBy: row => row.kind,
    cell: row => words(sharedWords(row.kind)),
  },
  { id: 'blocks', header: 'Values', align: 'end', sortBy: row => row.blocks, cell: row => count(row.blocks) },
  { id: 'records', header: 'Records', align: 'end', sortBy: row => row.records, cell: row => count(row.records) },
  {
    id: 'largest',
    header: 'Most of one value',
    align: 'end',
    sortBy: row => row.largest,
    cell: row => count(row.largest),
  },
  {
    id: 'leftOut',
    header: 'Pairs left out',
    means: 'Pairs that were not compared, because too many records share one value.',
    align: 'end',
    sortBy: row => row.pairsLeftOut,
    cell: row => count(row.pairsLeftOut),
  },
]

/** Values that many share and that therefore join nobody, and what brought records together in the first place. */
export function SharedTab(): ReactNode {
  const overview = useIdentity(state => state.overview)
  if (overview === null) return null
  const { refusedValues, refusedValuesTotal, blocks } = overview
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must scroll by keyboard too
    <section className="shared-values" tabIndex={0} aria-label="Shared values">
      {refusedValues.length === 0 ? (
        <p className="soft shared-values__none">
          No value is shared by too many records. Shared inboxes, switchboards and placeholders would be listed here:
          they join nobody.
        </p>
      ) : (
        <>
          <h2 className="section-title shared-values__title">
            Values that join nobody{' '}
            <span className="muted">
              {refusedValuesTotal > refusedValues.length
                ? `${count(refusedValues.length)} of ${count(refusedValuesTotal)}, most records first`
                : count(refusedValuesTotal)}
            </span>
          </h2>
          <DataTable
            label="Values that join nobody"
            columns={VALUES}
            rows={refusedValues}
            keyOf={row => `${row.kind} ${row.value}`}
            sort={{ id: 'records', desc: true }}
          />
        </>
      )}
      <BlockedValues />
      <h2 className="section-title shared-values__title">What brought records together</h2>
      <DataTable
        label="What brought records together"
        columns={BLOCKS}
        rows={blocks}
        keyOf={row => row.kind}
        sort={{ id: 'records', desc: true }}
      />
    </section>
  )
}
