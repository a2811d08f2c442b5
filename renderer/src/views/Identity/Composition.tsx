import type { ReactNode } from 'react'
import { type Card, showCard } from '../../state/review-card.ts'
import { count, counted } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** Whose people are in the workspace, where they are of more than one company, and which accounts are records of one. */
export function Composition({ card: { composition } }: Readonly<{ card: Card }>): ReactNode {
  if (composition === null) return null
  return (
    <>
      {composition.companies.length > 1 && <Companies {...composition} />}
      {composition.pairs.length > 0 && <Pairs {...composition} />}
      {composition.rivals.length > 0 && <SourceRivals {...composition} />}
    </>
  )
}

type Shown = NonNullable<Card['composition']>

/** Billing records beside the accounts that they are, or may be; each opens its own card. */
function Pairs({ pairs }: Pick<Shown, 'pairs'>): ReactNode {
  const { client } = useServices()
  return (
    <section aria-labelledby="pairs-title">
      <h3 id="pairs-title" className="section-title">
        One company in two sources
      </h3>
      <ul className="rivals">
        {pairs.map(({ account, billing, isOne, sentence }) => (
          <li key={`${account.key} ${billing.key}`}>
            <button
              type="button"
              className="plain rivals__line composition__line"
              title={`${account.title} (${account.key}) and ${billing.title} (${billing.key}): ${sentence}`}
              onClick={() => perform(showCard(client, { question: 'companies', a: account.key, b: billing.key }))}
            >
              <BothNames one={account} other={billing} />
              <span className="soft nowrap">{isOne ? 'one company' : 'not paired'}</span>
            </button>
            <p className="muted">{sentence}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Accounts of two CRMs, or of a CRM and one's own table: they cannot be made one here. */
function SourceRivals({ rivals }: Pick<Shown, 'rivals'>): ReactNode {
  return (
    <section aria-labelledby="source-rivals-title">
      <h3 id="source-rivals-title" className="section-title">
        Accounts of two sources
      </h3>
      <ul className="rivals">
        {rivals.map(({ a, b, sentence }) => (
          <li key={`${a.key} ${b.key}`}>
            <p className="rivals__line composition__line">
              <BothNames one={a} other={b} />
            </p>
            <p className="muted">{sentence}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

type Side = Shown['rivals'][number]['a']

function BothNames({ one, other }: Readonly<{ one: Side; other: Side }>): ReactNode {
  return (
    <span className="clip rivals__name">
      {one.title}{' '}
      <span className="muted">
        {one.key} and {other.title} {other.key}
      </span>
    </span>
  )
}

function Companies({ companies, others }: Shown): ReactNode {
  return (
    <section aria-labelledby="composition-title">
      <h3 id="composition-title" className="section-title">
        Companies in this workspace
      </h3>
      <ul className="rivals">
        {companies.slice(0, MOST_SHOWN).map(({ domain, persons, account, accounts, isSecond }) => (
          <li key={domain} className="rivals__line composition__line">
            <span className="clip rivals__name">
              {domain} <span className="muted">{account?.title ?? havingIt(accounts)}</span>
              {isSecond && <span className="soft"> · second account</span>}
            </span>
            <span className="number">{counted(persons, 'person', 'people')}</span>
          </li>
        ))}
      </ul>
      {(others > 0 || companies.length > MOST_SHOWN) && (
        <p className="muted">
          {companies.length > MOST_SHOWN && `${count(companies.length - MOST_SHOWN)} more companies. `}
          {others > 0 && `${counted(others, 'person has', 'people have')} no address of a company.`}
        </p>
      )}
    </section>
  )
}

/** Of a domain that tells no account from the others. */
const havingIt = (accounts: number): string =>
  accounts === 0 ? 'no account has this domain' : `${count(accounts)} accounts have this domain`

const MOST_SHOWN = 8
