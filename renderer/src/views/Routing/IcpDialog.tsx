import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { type Fit, fitOf, reviewIcp, useIcp } from '../../state/routing-icp.ts'
import { publishIcp } from '../../state/routing-icp-apply.ts'
import { fitRuleText } from '../../state/routing-icp-rules.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { notifyDone, notifyFailure } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { TierCounts } from './IcpPreview.tsx'

/** What other ICP rules would change, before they are a version of the model. */
export function IcpDialog(): ReactNode {
  const { client } = useServices()
  const [isBusy, setBusy] = useState(false)
  const inForce = useIcp(state => state.inForce)
  const fit = useIcp(fitOf)
  const preview = useIcp(state => state.preview)
  if (inForce === null || fit === null || preview === null) return null
  const close = (): void => reviewIcp(false)
  const publish = async (): Promise<void> => {
    setBusy(true)
    try {
      await publishIcp(client)
      close()
      notifyDone(
        'The ICP rules are in force',
        'A new version of the model was made. Tiers follow with the next scoring.',
      )
    } catch (error) {
      setBusy(false)
      notifyFailure(error)
    }
  }
  return (
    <Dialog onClose={close} title="Review and publish" size={620}>
      <div className="review routing-review">
        <section aria-label="Changes">
          <h3 className="section-title">Changes</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must scroll by keyboard too */}
          <ul className="review__changes icp-changes" tabIndex={0}>
            {changesOf(inForce, fit).map(({ sign, text }) => (
              <li key={`${sign}${text}`} className={sign === '+' ? 'review__added' : 'review__removed'}>
                {sign} {text}
              </li>
            ))}
          </ul>
        </section>
        <TierCounts preview={preview} />
        <div className="dialog-actions">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button data-autofocus loading={isBusy} onClick={() => void publish()}>
            Publish as a version of the model
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

type Change = Readonly<{ sign: '+' | '−'; text: string }>

/** Lines that go and lines that come; a line that only changed its place is neither. */
export function changesOf(before: Fit, after: Fit): readonly Change[] {
  const lines = ({ rules, tierFrom }: Fit): readonly string[] => [
    ...rules.map(fitRuleText),
    ...Object.entries(tierFrom).map(([tier, from]) => `Tier ${tier} from ${from}`),
  ]
  const [old, now] = [lines(before), lines(after)]
  return [...leftOf(old, now, '−'), ...leftOf(now, old, '+')]
}

function leftOf(lines: readonly string[], others: readonly string[], sign: Change['sign']): readonly Change[] {
  const rest = [...others]
  return lines.flatMap(text => {
    const place = rest.indexOf(text)
    if (place === -1) return [{ sign, text }]
    rest.splice(place, 1)
    return []
  })
}
