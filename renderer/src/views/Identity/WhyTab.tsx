import { Autocomplete, Button, SegmentedControl } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { CircleAlert, Link2, Unlink2 } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  askWhy,
  type FoundRecord,
  findRecords,
  setWhy,
  useWhy,
  type Why,
  type WhySide,
} from '../../state/identity-why.ts'
import { candidateAt, useReviewQueue } from '../../state/review-queue.ts'
import { bits } from '../../ui/format.ts'
import { SentenceList } from '../../ui/SentenceList.tsx'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { EvidenceWaterfall } from './EvidenceWaterfall.tsx'
import { likelihoodWords, sharedWords } from './identity-words.ts'
import { PathList } from './PathList.tsx'
import { Refused } from './Refused.tsx'
import { WhyAnswers } from './WhyAnswers.tsx'

/** Why any two records are one, or are not. */
export function WhyTab(): ReactNode {
  const status = useWhy(state => state.status)
  const why = useWhy(state => state.why)
  const message = useWhy(state => state.message)
  return (
    <div className="why">
      <Question />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must scroll by keyboard too */}
      <section className="why__answer" tabIndex={0} aria-label="Answer" aria-busy={status === 'loading'}>
        {status === 'failed' ? (
          <p className="why__failed" role="alert">
            <CircleAlert size={16} strokeWidth={1.75} aria-hidden />
            {sentenceCase(message ?? '')}
          </p>
        ) : status === 'loading' && why === null ? (
          <SkeletonRows rows={6} label="The two records are being compared" />
        ) : why === null ? (
          <Start />
        ) : (
          <Answer why={why} />
        )}
      </section>
    </div>
  )
}

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function Start(): ReactNode {
  const { client } = useServices()
  const candidate = useReviewQueue(state => candidateAt(state, state.active))
  const pair = candidate?.pair
  const question = pair?.question
  return (
    <>
      <p className="soft">
        Any two records can be compared, also those that were never proposed: the chain that joins them is shown, or
        what keeps them apart.
      </p>
      {pair !== undefined && (question === 'persons' || question === 'workspaces') && (
        <button
          type="button"
          className="plain text-button"
          onClick={event => {
            // The button goes; the answer comes where it was.
            event.currentTarget.closest('section')?.focus()
            setWhy({ question, a: pair.a, b: pair.b })
            perform(askWhy(client))
          }}
        >
          Compare the two that Review shows
        </button>
      )}
    </>
  )
}

function Question(): ReactNode {
  const { client } = useServices()
  const question = useWhy(state => state.question)
  const a = useWhy(state => state.a)
  const b = useWhy(state => state.b)
  const noun = question === 'persons' ? 'user' : 'workspace'
  return (
    <form
      className="why__question"
      onSubmit={event => {
        event.preventDefault()
        // The answer takes the focus, so that its keys are at hand.
        event.currentTarget.closest('.why')?.querySelector<HTMLElement>('.why__answer')?.focus()
        perform(askWhy(client))
      }}
    >
      <SegmentedControl
        aria-label="What to compare"
        size="xs"
        value={question}
        onChange={value => setWhy({ question: value === 'workspaces' ? 'workspaces' : 'persons' })}
        data={[
          { value: 'persons', label: 'Users' },
          { value: 'workspaces', label: 'Workspaces' },
        ]}
      />
      <RecordField side="a" label={`One ${noun}`} />
      <RecordField side="b" label={`The other ${noun}`} />
      <Button type="submit" disabled={a.trim() === '' || b.trim() === ''}>
        Compare
      </Button>
    </form>
  )
}

/** A record by its name, address or id: what fits is listed while somebody types. */
function RecordField({ side, label }: Readonly<{ side: WhySide; label: string }>): ReactNode {
  const { client } = useServices()
  const value = useWhy(state => state[side])
  const found = useWhy(state => state.found[side])
  const ask = useDebouncedCallback(() => perform(findRecords(client, side)), 150)
  const byKey = new Map(found.map(one => [one.key, one]))
  return (
    <Autocomplete
      size="xs"
      label={label}
      placeholder="Name, address or id"
      value={value}
      data={found.map(({ key }) => key)}
      filter={({ options }) => options}
      onChange={text => {
        setWhy({ [side]: text })
        ask()
      }}
      renderOption={({ option }) => <FoundLine record={byKey.get(option.value)} />}
      comboboxProps={{ width: 440, position: 'bottom-start' }}
      spellCheck={false}
    />
  )
}

function FoundLine({ record }: Readonly<{ record: FoundRecord | undefined }>): ReactNode {
  if (record === undefined) return null
  return (
    <span className="found-line">
      <span className="clip">{record.title}</span>
      <span className="clip muted">{record.subtitle ?? ''}</span>
      <code className="clip">{record.key}</code>
    </span>
  )
}

function Answer({ why }: Readonly<{ why: Why }>): ReactNode {
  return (
    <>
      <header className="why__verdict">
        <h2 className={why.isOne ? 'why__is why__is--one' : 'why__is'}>
          {why.isOne ? (
            <Link2 size={16} strokeWidth={1.75} aria-hidden />
          ) : (
            <Unlink2 size={16} strokeWidth={1.75} aria-hidden />
          )}
          {why.isOne ? 'They are one' : 'They are not one'}
        </h2>
        {why.led.map(sentence => (
          <p key={sentence}>{sentence}</p>
        ))}
        <p>{why.sentence}</p>
        {why.compared && (
          <p className="soft">
            {`Compared directly: ${why.bits === null ? 'no evidence' : `${bits(why.bits)} bits`}, ${likelihoodWords(why.bits)}.`}
            {why.sharedKeys.length > 0 && ` Both share: ${why.sharedKeys.map(sharedWords).join(', ')}.`}
          </p>
        )}
        <WhyAnswers why={why} />
        <Refused pair={why.pair} />
      </header>
      {why.path.length > 0 && (
        <section aria-labelledby="chain-title">
          <h3 id="chain-title" className="section-title">
            {why.isOne ? 'What joins them' : 'What comes nearest to joining them'}
          </h3>
          <PathList path={why.path} needed={why.isOne ? null : why.thresholds.auto} />
        </section>
      )}
      {why.refusals.length > 0 && (
        <section aria-labelledby="refusals-title">
          <h3 id="refusals-title" className="section-title">
            What keeps them apart
          </h3>
          <ul className="why__refusals">
            {why.refusals.map(({ a, b, reason, sentence }) => (
              <li key={`${a} ${b} ${reason}`} title={`${a} and ${b}`}>
                {sentence}
              </li>
            ))}
          </ul>
        </section>
      )}
      <SentenceList title="Words that decided" className="why__refusals" sentences={why.words} />
      <EvidenceWaterfall
        title="How the evidence adds up"
        lines={why.waterfall}
        total={why.bits}
        thresholds={why.thresholds}
      />
      {why.cheapestFlip !== null && <p className="soft">{why.cheapestFlip}</p>}
    </>
  )
}
