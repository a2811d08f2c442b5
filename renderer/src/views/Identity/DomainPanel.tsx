import { ActionIcon } from '@mantine/core'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { chooseDomain, type DomainClass, type DomainLine } from '../../state/identity-domains.ts'
import { setDomain } from '../../state/identity-rules.ts'
import { count, counted } from '../../ui/format.ts'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { DOMAIN_WORDS } from './domain-words.ts'

type Props = Readonly<{ line: DomainLine }>

/** The dossier of a domain: who uses it, whose it is, and what it counts as here. */
export function DomainPanel({ line }: Props): ReactNode {
  return (
    <SidePanel label={`Domain ${line.domain}`}>
      <div className="domain-panel">
        <header className="domain-panel__head">
          <h2 className="unit-head__name clip">{line.domain}</h2>
          <ActionIcon aria-label="Close the panel" onClick={() => chooseDomain(null)}>
            <X size={16} aria-hidden />
          </ActionIcon>
        </header>
        <p className="soft">
          {counted(line.users, 'user')}, {counted(line.persons, 'person', 'people')}, in{' '}
          {counted(line.workspaces, 'workspace')}
        </p>
        <Classes line={line} />
        <section aria-labelledby="accounts-title">
          <h3 id="accounts-title" className="section-title">
            Accounts that have it <span className="muted">{count(line.accountsTotal)}</span>
          </h3>
          {line.accounts.length === 0 ? (
            <p className="soft">No account of the CRM has this domain.</p>
          ) : (
            <ul>
              {line.accounts.map(({ accountId, name, billingOf }) => (
                <li key={accountId}>
                  {name ?? accountId}{' '}
                  <span className="muted">
                    {name === null ? '' : accountId}
                    {billingOf !== null && `, billing record of ${billingOf}`}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </section>
        {line.proposed !== null && <Proposed proposed={line.proposed} />}
      </div>
    </SidePanel>
  )
}

type ProposedProps = Readonly<{ proposed: NonNullable<DomainLine['proposed']> }>

const VERDICTS: Readonly<Record<ProposedProps['proposed']['verdict'], string>> = {
  passes: 'Passes',
  fails: 'Does not pass',
  open: 'Open',
  no_rules: 'No rules',
}

/** The account that would have to be made, and whether it would be worth it. */
function Proposed({ proposed: { name, users, verdict, sentence } }: ProposedProps): ReactNode {
  return (
    <section aria-labelledby="proposed-title">
      <h3 id="proposed-title" className="section-title">
        Proposed account <span className="muted">ICP check: {VERDICTS[verdict].toLowerCase()}</span>
      </h3>
      <p>
        {name} <span className="muted">{counted(users, 'user')} without an account</span>
      </p>
      <p className="soft">{sentence}</p>
    </section>
  )
}

function Classes({ line }: Props): ReactNode {
  const { client } = useServices()
  const say = (to: DomainClass): void => perform(setDomain(client, line.domain, to === line.byDefault ? null : to))
  return (
    <fieldset className="relations">
      <legend className="section-title">Taken for, in this project</legend>
      {(Object.keys(DOMAIN_WORDS) as DomainClass[]).map(id => (
        <label key={id} className={id === line.class ? 'relation is-on' : 'relation'}>
          <input type="radio" name="domain-class" checked={id === line.class} onChange={() => say(id)} />
          <span className="relation__name">
            {DOMAIN_WORDS[id].label}
            {id === line.byDefault && <span className="relation__proposed">in the lists</span>}
          </span>
          <span className="relation__sentence">{DOMAIN_WORDS[id].means}</span>
        </label>
      ))}
    </fieldset>
  )
}
