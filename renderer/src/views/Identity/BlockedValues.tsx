import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useIdentity } from '../../state/identity-overview.ts'
import { setBlocked } from '../../state/identity-rules.ts'
import { type BlockedValue, loadBlockedValues, useBlockedValues } from '../../state/identity-values.ts'
import { count } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'

type Kind = BlockedValue['kind']

const KIND_WORDS: Readonly<Record<Kind, string>> = {
  email: 'Email address',
  device_id: 'Device',
  anonymous_id: 'Anonymous id',
  sso_subject: 'SSO subject',
  contact_id: 'CRM contact',
}
const KINDS = ['email', 'device_id', 'anonymous_id', 'sso_subject', 'contact_id'] as const satisfies readonly Kind[]

/** Values that somebody said identify nobody, and a field for one more. */
export function BlockedValues(): ReactNode {
  const { client } = useServices()
  const blocked = useBlockedValues(state => state.blocked)
  const version = useIdentity(state => state.overview?.steps)
  // biome-ignore lint/correctness/useExhaustiveDependencies: every answer, and every step back, may change them
  useEffect(() => perform(loadBlockedValues(client)), [client, version])
  return (
    <section aria-labelledby="blocked-values-title">
      <h2 id="blocked-values-title" className="section-title shared-values__title">
        Values you blocked <span className="muted">{count(blocked.length)}</span>
      </h2>
      <NewValue />
      {blocked.length > 0 && (
        <ul className="blocked-values" aria-labelledby="blocked-values-title">
          {blocked.map(value => (
            <li key={`${value.kind} ${value.value}`}>
              <span className="clip" title={value.value}>
                {value.value}
              </span>
              <span className="muted">{KIND_WORDS[value.kind]}</span>
              <button
                type="button"
                className="plain text-button"
                aria-label={`Allow ${value.value} again`}
                onClick={() => perform(setBlocked(client, value, false))}
              >
                Allow again
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function NewValue(): ReactNode {
  const { client } = useServices()
  const [kind, setKind] = useState<Kind>('email')
  const [value, setValue] = useState('')
  const text = value.trim()
  return (
    <form
      className="blocked-values__new"
      onSubmit={event => {
        event.preventDefault()
        if (text === '') return
        const clear = (): void => setValue(now => (now === value ? '' : now))
        perform(setBlocked(client, { kind, value: text }, true).then(clear))
      }}
    >
      <NativeSelect
        size="xs"
        aria-label="Kind of the value"
        value={kind}
        onChange={event => setKind(KINDS.find(known => known === event.currentTarget.value) ?? 'email')}
        data={KINDS.map(known => ({ value: known, label: KIND_WORDS[known] }))}
      />
      <TextInput
        size="xs"
        aria-label="Value that identifies nobody"
        placeholder="Value that identifies nobody"
        value={value}
        onChange={event => setValue(event.currentTarget.value)}
      />
      <Button type="submit" size="compact-sm" variant="default" disabled={text === ''}>
        Block
      </Button>
    </form>
  )
}
