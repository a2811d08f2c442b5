import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { CircleAlert, Link2, Unlink2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { askWhy, setWhy, useWhy, type Why } from '../../state/identity-why.ts'
import { bits } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { EvidenceWaterfall } from './EvidenceWaterfall.tsx'
import { likelihoodWords } from './identity-words.ts'
import { PathList } from './PathList.tsx'

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
            {message}
          </p>
        ) : status === 'loading' && why === null ? (
          <SkeletonRows rows={6} label="The two records are being compared" />
        ) : why === null ? (
          <p className="soft">
            Any two records can be compared, also those that were never proposed: the chain that joins them is shown, or
            what keeps them apart.
          </p>
        ) : (
          <Answer why={why} />
        )}
      </section>
    </div>
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
      <TextInput
        label={`Id of one ${noun}`}
        value={a}
        onChange={event => setWhy({ a: event.currentTarget.value })}
        spellCheck={false}
      />
      <TextInput
        label={`Id of the other ${noun}`}
        value={b}
        onChange={event => setWhy({ b: event.currentTarget.value })}
        spellCheck={false}
      />
      <Button type="submit" disabled={a.trim() === '' || b.trim() === ''}>
        Compare
      </Button>
    </form>
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
        <p>{why.sentence}</p>
        <p className="soft">
          {why.compared
            ? `Compared directly: ${why.bits === null ? 'no evidence' : `${bits(why.bits)} bits`}, ${likelihoodWords(why.bits)}.`
            : 'Never compared directly.'}{' '}
          {why.sharedKeys.length > 0
            ? `Both share: ${why.sharedKeys.join(', ')}.`
            : 'They share no key that would bring them together.'}
        </p>
      </header>
      {why.path.length > 0 && (
        <section aria-labelledby="chain-title">
          <h3 id="chain-title" className="section-title">
            {why.isOne ? 'What joins them' : 'The strongest chain between them'}
          </h3>
          <PathList path={why.path} />
        </section>
      )}
      {why.refusals.length > 0 && (
        <section aria-labelledby="refusals-title">
          <h3 id="refusals-title" className="section-title">
            What keeps them apart
          </h3>
          <ul className="why__refusals">
            {why.refusals.map(({ a, b, reason, sentence }) => (
              <li key={`${a} ${b} ${reason}`}>
                <code>{a}</code> and <code>{b}</code>: {sentence}
              </li>
            ))}
          </ul>
        </section>
      )}
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
