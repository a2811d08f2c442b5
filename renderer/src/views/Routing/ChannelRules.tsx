import type { ReactNode } from 'react'
import { ALSO_CHANNELS, DESTINATIONS, type Rule } from '#schema/policy'
import { editPolicy } from '../../state/routing-draft.ts'
import { changeRule, destinationNamed, freeChannel, newTest, replaceAt } from '../../state/routing-rules.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { channelOf } from '../words.ts'
import { AddButton, Branch, DestinationField } from './Branch.tsx'

type Props = Readonly<{ rule: Rule; place: number }>
type Change = (to: Partial<Omit<Rule, 'id'>>, field?: string) => void

/** Where a rule sends: one destination, another in its place, and up to two channels beside it. */
export function ChannelRules({ rule, place }: Props): ReactNode {
  const { client } = useServices()
  const change: Change = (to, field) =>
    perform(editPolicy(client, policy => changeRule(policy, rule.id, to), field === undefined ? null : field))
  return (
    <section aria-label="Destination">
      <div className="goes-to">
        <h3 className="section-title">Goes to</h3>
        <DestinationField
          label="Destination"
          value={rule.destination}
          options={DESTINATIONS}
          onChange={id => change({ destination: destinationNamed(id) })}
        />
        <span className="muted">{channelOf(rule.destination).means}</span>
      </div>
      <Instead rule={rule} path={`rules.${place}.destinationWhen`} change={change} />
      <Also rule={rule} path={`rules.${place}.also`} change={change} />
    </section>
  )
}

type PartProps = Readonly<{ rule: Rule; path: string; change: Change }>

function Instead({ rule, path, change }: PartProps): ReactNode {
  const { destinationWhen } = rule
  const add = (): void => {
    const destination = rule.destination === 'in_app' ? 'lifecycle_email' : 'in_app'
    change({ destinationWhen: [...destinationWhen, { destination, all: [newTest('is_active_now')] }] })
  }
  return (
    <>
      {destinationWhen.map((when, i) => (
        <Branch
          // biome-ignore lint/suspicious/noArrayIndexKey: branches have no identity but their place
          key={i}
          title="Instead"
          id={when.destination}
          options={DESTINATIONS}
          tests={when.all}
          path={`${path}.${i}.all`}
          isTestNeeded
          onId={id =>
            change({ destinationWhen: replaceAt(destinationWhen, i, { ...when, destination: destinationNamed(id) }) })
          }
          onTests={(all, step) =>
            change(
              { destinationWhen: replaceAt(destinationWhen, i, { ...when, all }) },
              `${rule.id} instead ${i} ${step}`,
            )
          }
          onDrop={() => change({ destinationWhen: replaceAt(destinationWhen, i, null) })}
        />
      ))}
      <AddButton onAdd={add}>Another destination in its place</AddButton>
    </>
  )
}

function Also({ rule, path, change }: PartProps): ReactNode {
  const { also } = rule
  const free = freeChannel(rule)
  return (
    <>
      {also.map((beside, i) => (
        <Branch
          key={beside.channel}
          title="Also"
          id={beside.channel}
          options={ALSO_CHANNELS}
          tests={beside.all}
          path={`${path}.${i}.all`}
          isTestNeeded={false}
          onId={id => {
            const channel = ALSO_CHANNELS.find(known => known === id)
            if (channel !== undefined) change({ also: replaceAt(also, i, { ...beside, channel }) })
          }}
          onTests={(all, step) =>
            change({ also: replaceAt(also, i, { ...beside, all }) }, `${rule.id} also ${i} ${step}`)
          }
          onDrop={() => change({ also: replaceAt(also, i, null) })}
        />
      ))}
      {free !== null && (
        <AddButton onAdd={() => change({ also: [...also, { channel: free, all: [] }] })}>A channel beside it</AddButton>
      )}
    </>
  )
}
