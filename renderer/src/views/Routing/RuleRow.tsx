import type { KeyboardEvent, ReactNode } from 'react'
import type { Rule } from '#schema/policy'
import type { Platform } from '../../platform/platform.ts'
import { editPolicy, useRouting } from '../../state/routing-draft.ts'
import { moveRule } from '../../state/routing-rules.ts'
import { setRoutingView, useRoutingView } from '../../state/routing-view.ts'
import { count, difference } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { channelOf } from '../words.ts'
import { DestinationMark } from './DestinationMark.tsx'
import { dropOf, Grip, Move } from './RuleMoves.tsx'
import { RuleNote, RuleWarning } from './RuleNote.tsx'
import { conditionsText, type Facts } from './rule-words.ts'

type Props = Readonly<{ rule: Rule; place: number; of: number }>
const NO_FACTS: Facts = []

/** One rule in the order of all: dragged by its grip, or moved by keys and buttons. */
export function RuleRow({ rule, place, of }: Props): ReactNode {
  const { client } = useServices()
  const { id } = rule
  const isLast = place === of - 1
  const isSelected = useRoutingView(state => state.ruleId === id)
  const facts = useRouting(state => state.inForce?.facts ?? NO_FACTS)
  const move = (to: number): void => perform(editPolicy(client, policy => moveRule(policy, id, to)))
  const open = (): void => setRoutingView({ ruleId: isSelected ? null : id })
  return (
    <tr className={useRowClass(id, place, isSelected)} onClick={open} {...dropOf(client, place)}>
      <td className="number muted rules-table__place">
        {!isLast && <Grip rule={rule} place={place} />}
        {place + 1}
      </td>
      <td className="rules-table__rule">
        <button
          type="button"
          className="plain data-table__choose two-lines"
          aria-pressed={isSelected}
          onKeyDown={event => onRowKey(event, { client, id, place })}
        >
          <span className="clip rules-table__title">{rule.title}</span>
          <span className="clip rules-table__when" title={conditionsText(facts, rule)}>
            {conditionsText(facts, rule)}
          </span>
          <span className="rules-table__warning">
            <RuleWarning ruleId={id} />
          </span>
        </button>
      </td>
      <td className="rules-table__to">
        <DestinationMark id={rule.destination} />
        <Beside rule={rule} />
      </td>
      <Figures ruleId={id} />
      <td className="rules-table__note">
        <RuleNote ruleId={id} />
      </td>
      <td className="number nowrap rules-table__move">
        {!isLast && (
          <>
            <Move label={`Move ${rule.title} up`} isOff={place === 0} onMove={() => move(place - 1)} icon="up" />
            <Move
              label={`Move ${rule.title} down`}
              isOff={place >= of - 2}
              onMove={() => move(place + 1)}
              icon="down"
            />
          </>
        )}
      </td>
    </tr>
  )
}

/** The line stands where the dragged rule would: it takes the place of the row, which makes room upwards or downwards. */
function useRowClass(id: string, place: number, isSelected: boolean): string {
  const isDragged = useRoutingView(state => state.drag?.ruleId === id)
  const isOver = useRoutingView(state => state.drag !== null && state.drag.over === place && state.drag.ruleId !== id)
  const isBelow = useRoutingView(state => state.drag !== null && state.drag.from < place)
  const over = isOver && (isBelow ? 'is-over-below' : 'is-over')
  return ['is-choosable', isSelected && 'is-selected', isDragged && 'is-dragged', over].filter(Boolean).join(' ')
}

/** Where it goes instead (`or 1`) and also (`+1`), as figures; the panel says when. */
function Beside({ rule }: Readonly<{ rule: Rule }>): ReactNode {
  return (
    <>
      <More sign="or " word="instead" channels={rule.destinationWhen.map(({ destination }) => destination)} />
      <More sign="+" word="also" channels={rule.also.map(({ channel }) => channel)} />
    </>
  )
}

type MoreProps = Readonly<{ sign: string; word: string; channels: readonly string[] }>

function More({ sign, word, channels }: MoreProps): ReactNode {
  if (channels.length === 0) return null
  const says = channels.map(channel => `${word} ${channelOf(channel).label}`).join(', ')
  return (
    <span className="also" title={says}>
      {sign}
      {channels.length}
      <span className="unseen"> {says}</span>
    </span>
  )
}

function Figures({ ruleId }: Readonly<{ ruleId: string }>): ReactNode {
  const checked = useRouting(state => state.check?.rules.find(known => known.ruleId === ruleId) ?? null)
  const hasDraft = useRouting(state => state.draft !== null)
  if (checked === null)
    return (
      <>
        <td className="number muted">–</td>
        <td className="number muted rules-table__holds">–</td>
      </>
    )
  const change = checked.decides - (checked.decidesInForce ?? 0)
  return (
    <>
      <td className={checked.decides === 0 ? 'number muted' : 'number'}>
        {hasDraft && change !== 0 && (
          <span className={change > 0 ? 'change is-up' : 'change is-down'}>{difference(change)} </span>
        )}
        {count(checked.decides)}
      </td>
      <td className="number soft rules-table__holds">{count(checked.holdsFor)}</td>
    </>
  )
}

type RowKey = Readonly<{ client: Platform['client']; id: string; place: number }>

/** Arrows and J, K move along the rules; with Alt the arrows move the rule itself. */
function onRowKey(event: KeyboardEvent<HTMLButtonElement>, { client, id, place }: RowKey): void {
  if (event.ctrlKey || event.metaKey) return
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
  if (step === undefined) return
  event.preventDefault()
  if (event.altKey) {
    perform(editPolicy(client, policy => moveRule(policy, id, place + step)))
    return
  }
  const buttons = [...document.querySelectorAll<HTMLElement>('.rules-table .data-table__choose')]
  const next = buttons[buttons.indexOf(event.currentTarget) + step]
  next?.focus()
  if (useRoutingView.getState().ruleId !== null) next?.click()
}
