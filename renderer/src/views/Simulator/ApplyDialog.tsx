import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { isIdentityPending, useSimulator } from '../../state/simulator.ts'
import { applyReviewed } from '../../state/simulator-apply.ts'
import { closeReview, type ScenarioDiff, useReview } from '../../state/simulator-review.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { count, counted } from '../../ui/format.ts'
import { notifyDone, notifyFailure } from '../notify.tsx'
import { changeText } from '../parameter-words.ts'
import { useServices } from '../services.tsx'
import { stageOf } from '../words.ts'
import { answerWords, changeLines } from './change-lines.ts'
import { unitName } from './level-words.ts'

type Change = ScenarioDiff['model'][number]

/** What a scenario would change in the model and in the rules, and what that does, before it is in force. */
export function ApplyDialog(): ReactNode {
  const { client } = useServices()
  const [isBusy, setBusy] = useState(false)
  const diff = useReview(state => state.diff)
  if (diff === null) return null
  const { threshold, answers } = diff.identity
  const isSame = diff.model.length + diff.policy.length + answers.length === 0 && threshold === null
  const apply = async (): Promise<void> => {
    setBusy(true)
    try {
      await applyReviewed(client)
      notifyDone('The scenario is in force', 'Scores follow with the next scoring. Revert brings back what was before.')
    } catch (error) {
      notifyFailure(error)
    }
    setBusy(false)
  }
  return (
    <Dialog onClose={closeReview} title="Review and apply" size={640}>
      <div className="review">
        <Effect />
        {diff.model.length > 0 && <Changes title="Scoring model, a new version" changes={diff.model} />}
        {diff.policy.length > 0 && <Changes title="Routing rules, a new version" changes={diff.policy} />}
        <WhoIsWho identity={diff.identity} />
        {isSame && (
          <p className="soft">
            Nothing of the model, of the rules or of who is who changes. Capacities are of the scenario alone.
          </p>
        )}
        <div className="dialog-actions">
          <Button variant="default" onClick={closeReview}>
            Cancel
          </Button>
          <Button data-autofocus disabled={isSame} loading={isBusy} onClick={() => void apply()}>
            {diff.model.length + diff.policy.length > 0 ? 'Apply as a new version' : 'Apply'}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

/** What it would come to, by the counts on screen. */
function Effect(): ReactNode {
  const opened = useSimulator(state => state.opened)
  const answer = useSimulator(state => state.answer)
  const isPending = useSimulator(isIdentityPending)
  if (opened === null || answer === null) return null
  if (isPending) return <p className="soft">Who is who is being worked out; the effect follows.</p>
  const { movers } = answer
  return (
    <section aria-label="Effect">
      <h3 className="section-title">
        {counted(movers.stage, unitName(opened.level))} in another stage, {count(movers.destination)} to another
        destination
      </h3>
      <table className="review__effects">
        <tbody>
          {opened.stageNames
            .map((name, stage) => (
              <tr key={name}>
                <th scope="row">{stageOf(name).label}</th>
                <td className="number soft">{count(opened.stageCounts[stage] ?? 0)}</td>
                <td className="muted">→</td>
                <td className="number">{count(answer.stageCounts[stage] ?? 0)}</td>
              </tr>
            ))
            .toReversed()}
        </tbody>
      </table>
    </section>
  )
}

/** Answers and the threshold, as they will stand among the decisions. */
function WhoIsWho({
  identity: { threshold, answers, refused },
}: Readonly<{ identity: ScenarioDiff['identity'] }>): ReactNode {
  if (threshold === null && answers.length + refused.length === 0) return null
  return (
    <section aria-label="Who is who">
      <h3 className="section-title">Who is who, added to the decisions</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must scroll by keyboard too */}
      <ul className="review__changes" tabIndex={0}>
        {threshold !== null && (
          <li className="scenario-change">
            <span className="clip">Records are joined from</span>
            <span className="changes__values clip">{changeText(threshold.before, threshold.after, 'bits')}</span>
          </li>
        )}
        {answers.map(({ pair, answer, relation, left, right }) => (
          <li key={`${pair.question}\n${pair.a}\n${pair.b}`} className="scenario-change">
            <span className="clip" title={`${pair.a} and ${pair.b}`}>
              {left}, {right}
            </span>
            <span className="changes__values clip">{answerWords({ question: pair.question, answer, relation })}</span>
          </li>
        ))}
        {refused.map(({ pair, sentence }) => (
          <li key={`${pair.a}\n${pair.b}`} className="scenario-change muted">
            Left out: {sentence}
          </li>
        ))}
      </ul>
    </section>
  )
}

type ChangesProps = Readonly<{ title: string; changes: readonly Change[] }>

function Changes({ title, changes }: ChangesProps): ReactNode {
  return (
    <section aria-label={title}>
      <h3 className="section-title">{title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must scroll by keyboard too */}
      <ul className="review__changes" tabIndex={0}>
        {changes.flatMap(changeLines).map(({ name, values }) => (
          <li key={name} className="scenario-change">
            <span className="clip">{name}</span>
            <span className="changes__values clip">{values}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
