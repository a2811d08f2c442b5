import { TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { ROUTED_CHANNELS, type RoutedChannel } from '#schema/policy'
import { editPolicy } from '../../state/routing-draft.ts'
import type { Policy } from '../../state/routing-rules.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { channelOf, inSentence } from '../words.ts'
import { DestinationMark } from './DestinationMark.tsx'

/** The sequence that the list of each channel starts, where there is one. */
export function Sequences({ policy }: Readonly<{ policy: Policy }>): ReactNode {
  const { client } = useServices()
  const change = (channel: RoutedChannel, name: string): void =>
    perform(editPolicy(client, before => withSequence(before, channel, name), `sequence ${channel}`))
  return (
    <section aria-labelledby="sequences-title">
      <h2 id="sequences-title" className="section-title">
        Sequences <span className="muted">written into the list of a channel; optional</span>
      </h2>
      <dl className="settings-list">
        {ROUTED_CHANNELS.map(channel => (
          <div key={channel} className="settings-list__line">
            <dt>
              <DestinationMark id={channel} />
            </dt>
            <dd>
              <TextInput
                aria-label={`Sequence of ${inSentence(channelOf(channel).label)}`}
                placeholder="none"
                maxLength={200}
                value={policy.sequences?.[channel] ?? ''}
                onChange={event => change(channel, event.currentTarget.value)}
              />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** A policy with a sequence of a channel, or without it where the name is empty. */
function withSequence(policy: Policy, channel: RoutedChannel, name: string): Policy {
  const { [channel]: _, ...others } = policy.sequences ?? {}
  const sequences = name === '' ? others : { ...others, [channel]: name }
  const { sequences: _old, ...rest } = policy
  return Object.keys(sequences).length === 0 ? rest : { ...rest, sequences }
}
