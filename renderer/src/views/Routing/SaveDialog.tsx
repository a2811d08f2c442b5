import { Button, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Rule } from '#schema/policy'
import { savePolicy } from '../../state/routing-apply.ts'
import { useRouting } from '../../state/routing-draft.ts'
import { changedRules, type Policy, ruleOf } from '../../state/routing-rules.ts'
import { setRoutingView } from '../../state/routing-view.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { notifyDone, notifyFailure } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { channelOf } from '../words.ts'
import { Moves } from './Moves.tsx'
import { changesText } from './RoutingActions.tsx'
import { conditionsText, type Facts } from './rule-words.ts'

/** What a new version of the rules would change, before it is in force. */
export function SaveDialog(): ReactNode {
  const { client } = useServices()
  const [isBusy, setBusy] = useState(false)
  const [typed, setTyped] = useState<string | null>(null)
  const inForce = useRouting(state => state.inForce)
  const draft = useRouting(state => state.draft)
  const check = useRouting(state => state.check)
  if (inForce === null || draft === null || check === null) return null
  const name = typed ?? draft.name
  const close = (): void => setRoutingView({ dialog: null })
  const save = async (): Promise<void> => {
    setBusy(true)
    try {
      await savePolicy(client, name.trim())
      close()
      notifyDone('The rules are in force', 'A new version was made. Routes follow with the next scoring.')
    } catch (error) {
      setBusy(false)
      notifyFailure(error)
    }
  }
  return (
    <Dialog onClose={close} title="Review and save" size={680}>
      <form
        className="review routing-review"
        onSubmit={event => {
          event.preventDefault()
          if (name.trim() !== '' && !isBusy) void save()
        }}
      >
        <TextInput
          label="Name"
          value={name}
          error={name.trim() === '' ? 'A version needs a name.' : undefined}
          onChange={event => setTyped(event.currentTarget.value)}
        />
        <section aria-label="Changes">
          <h3 className="section-title">{changesText(inForce.policy, draft)}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must scroll by keyboard too */}
          <ul className="review__changes" tabIndex={0}>
            {changedRules(inForce.policy, draft).map(id => (
              <RuleChange key={id} id={id} before={inForce.policy} after={draft} facts={inForce.facts} />
            ))}
          </ul>
        </section>
        <Moves moved={check.moved} />
        <div className="dialog-actions">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" data-autofocus loading={isBusy} disabled={name.trim() === ''}>
            Save as a version
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

type ChangeProps = Readonly<{ id: string; before: Policy; after: Policy; facts: Facts }>

function RuleChange({ id, before, after, facts }: ChangeProps): ReactNode {
  const [old, now] = [ruleOf(before, id), ruleOf(after, id)]
  const [from, to] = [placeIn(before, id), placeIn(after, id)]
  const title = now?.title ?? old?.title ?? id
  return (
    <li className="review__change">
      <span className="review__kind">
        {title}{' '}
        <span className="muted">
          {old === null
            ? `new, place ${to}`
            : now === null
              ? 'removed'
              : from === to
                ? `place ${to}`
                : `${from} → ${to}`}
        </span>
      </span>
      <span className="review__lines">
        {old !== null && now !== null && sentence(facts, old) === sentence(facts, now) ? (
          <span className="review__setting">{from === to ? 'Title, or what goes beside it' : 'Moved'}</span>
        ) : (
          <>
            {old !== null && <span className="review__removed">− {sentence(facts, old)}</span>}
            {now !== null && <span className="review__added">+ {sentence(facts, now)}</span>}
          </>
        )}
      </span>
    </li>
  )
}

const placeIn = ({ rules }: Policy, id: string): number => rules.findIndex(rule => rule.id === id) + 1

const sentence = (facts: Facts, rule: Rule): string =>
  `${conditionsText(facts, rule)} → ${channelOf(rule.destination).label}`
