import { Button, SegmentedControl } from '@mantine/core'
import { CircleAlert, Pin, PinOff } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useIdentity } from '../../state/identity-overview.ts'
import { believeFirst, loadPerson, pinValue, takeOut } from '../../state/identity-person.ts'
import {
  markRecord,
  type PersonPage,
  type PersonValue,
  usePerson,
  type ValueHolder,
} from '../../state/identity-person-store.ts'
import { counted, date } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { RecordLink } from '../RecordLink.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { Breakable } from './Breakable.tsx'
import { Memberships } from './Memberships.tsx'
import { idText, PersonLadder } from './PersonLadder.tsx'
import { FIELD_WORDS, LOST_WORDS, SOURCE_WORDS, WON_WORDS } from './person-words.ts'

/** What holds for a person, from which row, why, and what the other records say; and the records themselves. */
export function PersonValues({ id }: Readonly<{ id: string }>): ReactNode {
  const { client } = useServices()
  const status = usePerson(state => state.status)
  const page = usePerson(state => (state.id === id ? state.page : null))
  const version = useIdentity(state => state.overview?.steps)
  // biome-ignore lint/correctness/useExhaustiveDependencies: every answer may change the person
  useEffect(() => perform(loadPerson(client, id)), [client, id, version])
  if (status === 'failed') return <Retry title="The person cannot be shown" again={() => loadPerson(client, id)} />
  if (page === null) return <SkeletonRows rows={8} label="The person is being read" />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must scroll by keyboard too
    <section className="person-values" tabIndex={0} aria-label="Values of the person">
      <div className="person-values__head">
        <FormerIds page={page} />
        {page.contacts.length > 0 && <SourceOrder sources={page.sources} />}
      </div>
      <PersonLadder page={page} />
      {page.fields.length === 0 ? (
        <p className="soft person-values__none">No record of this person says anything about it.</p>
      ) : (
        <table className="value-table">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Value</th>
              <th scope="col">From</th>
              <th scope="col">Why</th>
              <th scope="col">
                <span className="unseen">Choose</span>
              </th>
            </tr>
          </thead>
          {page.fields.map(field => (
            <FieldRows key={field.field} field={field} />
          ))}
        </table>
      )}
      <Records page={page} />
      <Memberships page={page} />
    </section>
  )
}

/** Which records are believed first, for every person. */
function SourceOrder({ sources }: Pick<PersonPage, 'sources'>): ReactNode {
  const { client } = useServices()
  const choose = (value: string): void => {
    const source = sources.find(known => known === value)
    if (source !== undefined) perform(believeFirst(client, source))
  }
  return (
    <div className="person-values__sources" title="Where records differ, of every person. A pin goes before it.">
      <span className="muted">Believed first</span>
      <SegmentedControl
        aria-label="Believed first, of every person"
        size="xs"
        value={sources[0] ?? 'user'}
        onChange={choose}
        data={[
          { value: 'user', label: SOURCE_WORDS.user },
          { value: 'contact', label: SOURCE_WORDS.contact },
        ]}
      />
    </div>
  )
}

function FormerIds({ page: { personId, formerIds, anonymous, ladder } }: Readonly<{ page: PersonPage }>): ReactNode {
  return (
    <p className="muted person-values__id">
      Person <code>{personId}</code>
      {formerIds.length > 0 && (
        <>
          {' '}
          · formerly{' '}
          {formerIds.slice(0, 6).map(({ id }, i) => (
            <span key={id}>
              {i > 0 && ', '}
              <code>{id}</code>
            </span>
          ))}
          {formerIds.length > 6 && ` and ${formerIds.length - 6} more`}
        </>
      )}
      {anonymous !== undefined && !ladder.some(({ step, at }) => step === 'anonymous' && at !== null) && (
        <span title={anonymous.under.map(idText).join('\n')}> · without login since {date(anonymous.since)}</span>
      )}
    </p>
  )
}

function FieldRows({ field }: Readonly<{ field: PersonValue }>): ReactNode {
  const { field: name, value, reason, records, others } = field
  const isPinned = reason === 'pinned'
  const label = FIELD_WORDS[name]
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" rowSpan={others.length + 1}>
          {label}
        </th>
        <td className="value-table__holds" title={value}>
          <Breakable text={value} />
        </td>
        <td>
          <Holders records={records} />
        </td>
        <td className="soft">{reason === null ? (others.length === 0 ? 'Only value' : '') : WON_WORDS[reason]}</td>
        <td>{(isPinned || others.length > 0) && <PinButton name={name} value={value} isPinned={isPinned} />}</td>
      </tr>
      {others.map(other => (
        <tr key={other.value} className="value-table__other">
          <td title={other.value}>
            <Breakable text={other.value} />
          </td>
          <td>
            <Holders records={other.records} />
          </td>
          <td className="muted">{LOST_WORDS[other.lostBy]}</td>
          <td>
            <PinButton name={name} value={other.value} isPinned={false} />
          </td>
        </tr>
      ))}
    </tbody>
  )
}

type PinProps = Readonly<{ name: PersonValue['field']; value: string; isPinned: boolean }>

function PinButton({ name, value, isPinned }: PinProps): ReactNode {
  const { client } = useServices()
  const label = isPinned
    ? `Unpin the ${FIELD_WORDS[name]}: the records say it again`
    : `Pin ${value} as the ${FIELD_WORDS[name]}`
  const Icon = isPinned ? PinOff : Pin
  return (
    <button
      type="button"
      className={isPinned ? 'plain pin-button is-pinned' : 'plain pin-button'}
      aria-label={label}
      title={label}
      onClick={() => perform(pinValue(client, name, isPinned ? null : value))}
    >
      <Icon size={14} strokeWidth={1.75} aria-hidden />
      {isPinned ? 'Unpin' : 'Pin'}
    </button>
  )
}

/** The first row that says it, and how many others do. */
function Holders({ records }: Readonly<{ records: readonly ValueHolder[] }>): ReactNode {
  const [first] = records
  if (first === undefined) return <span className="muted">no record any more</span>
  const place = `${first.file}, line ${first.line}`
  return (
    <span className="value-table__from" title={records.map(({ file, line }) => `${file}, line ${line}`).join('\n')}>
      {first.object === 'user' ? (
        <RecordLink table="users" id={first.key}>
          {place}
        </RecordLink>
      ) : (
        place
      )}
      {records.length > 1 && <span className="muted"> +{records.length - 1}</span>}
    </span>
  )
}

function Records({ page }: Readonly<{ page: PersonPage }>): ReactNode {
  const { client } = useServices()
  const marked = usePerson(state => state.marked)
  const refused = usePerson(state => state.refused)
  const isSome = marked.length > 0 && marked.length < page.users.length
  return (
    <section className="person-records" aria-labelledby="person-records-title">
      <div className="person-records__head">
        <h3 id="person-records-title" className="section-title">
          Records
        </h3>
        <span className="muted">
          {counted(page.users.length, 'user record')}
          {page.contacts.length > 0 && `, ${counted(page.contacts.length, 'contact')} of the CRM`}
        </span>
        <div className="screen__spacer" />
        {page.users.length > 1 && (
          <Button size="compact-xs" variant="default" disabled={!isSome} onClick={() => perform(takeOut(client))}>
            Take {marked.length === 0 ? 'marked records' : counted(marked.length, 'record')} out for good
          </Button>
        )}
      </div>
      {refused !== null && (
        <p className="person-records__refused" role="alert">
          <CircleAlert size={14} strokeWidth={1.75} aria-hidden />
          {refused}
        </p>
      )}
      <ul>
        {page.users.map(({ key, title, subtitle }) => (
          <li key={key}>
            <label className="person-record">
              <input
                type="checkbox"
                checked={marked.includes(key)}
                disabled={page.users.length === 1}
                onChange={() => markRecord(key)}
                aria-label={`Mark ${title}, ${key}`}
              />
              <span className="clip">{title}</span>
              <span className="clip muted">{subtitle ?? ''}</span>
              <RecordLink table="users" id={key} />
            </label>
          </li>
        ))}
        {page.contacts.map(({ key, title, subtitle }) => (
          <li key={key} className="person-record">
            <span aria-hidden />
            <span className="clip">{title}</span>
            <span className="clip muted">{subtitle ?? ''}</span>
            <span className="muted">
              contact <code>{key}</code>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
