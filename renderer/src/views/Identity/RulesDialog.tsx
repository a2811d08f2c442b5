import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { keepRules } from '../../state/identity-rules.ts'
import { closeRuleReview, useRules } from '../../state/identity-rules-store.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { counted, exact } from '../../ui/format.ts'
import { notifyDone, notifyFailure } from '../notify.tsx'
import { useServices } from '../services.tsx'

/** What changed weights and thresholds come to, rule by rule, before they are in force. */
export function RulesDialog(): ReactNode {
  const { client } = useServices()
  const [isBusy, setBusy] = useState(false)
  const review = useRules(state => state.review)
  if (review === null) return null
  const { diff } = review
  const keep = async (): Promise<void> => {
    setBusy(true)
    try {
      await keepRules(client)
      notifyDone('The rules are in force', 'All records were weighed anew. Scores follow with the next scoring.')
    } catch (error) {
      notifyFailure(error)
    }
    setBusy(false)
  }
  return (
    <Dialog onClose={closeRuleReview} title="Review and apply" size={640}>
      <div className="batch">
        <section aria-labelledby="diff-title">
          <h3 id="diff-title" className="section-title">
            {diff.length === 0 ? 'Nothing changes' : `${counted(diff.length, 'rule')} changed`}
          </h3>
          <ul className="rules-diff">
            {diff.map(({ id, before, after, sentence }) => (
              <li key={id}>
                <span className="rules-diff__figures number">
                  <del>{exact(before)}</del> <ins>{exact(after)}</ins>
                </span>
                <span>{sentence}</span>
              </li>
            ))}
          </ul>
        </section>
        <p className="soft">Answers that were given stay in force. The change can be taken back like an answer.</p>
      </div>
      <div className="dialog-actions">
        <Button variant="default" onClick={closeRuleReview}>
          Cancel
        </Button>
        <Button data-autofocus loading={isBusy} disabled={diff.length === 0} onClick={() => void keep()}>
          Apply
        </Button>
      </div>
    </Dialog>
  )
}
