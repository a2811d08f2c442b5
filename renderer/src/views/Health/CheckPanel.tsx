import { ActionIcon, Button } from '@mantine/core'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Platform } from '../../platform/platform.ts'
import { chooseCheck, type HealthCheck, standingOf } from '../../state/health.ts'
import { showHeld } from '../../state/held-rows.ts'
import { useImportTab } from '../../state/import-tab.ts'
import { chooseAndTake } from '../../state/intake.ts'
import { go } from '../../state/navigation.ts'
import { count } from '../../ui/format.ts'
import { SentenceList } from '../../ui/SentenceList.tsx'
import { ShareBar } from '../../ui/ShareBar.tsx'
import { SidePanel } from '../../ui/SidePanel.tsx'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { AnomalyList, hasAnomalies } from './AnomalyList.tsx'
import { CheckRows } from './CheckRows.tsx'
import { shareText } from './share.ts'
import { StandingGlyph, standingWords } from './standing.tsx'

type Props = Readonly<{ check: HealthCheck }>

/** One check in full: what it found, why that matters, what to do, and every row behind it. */
export function CheckPanel({ check }: Props): ReactNode {
  return (
    <SidePanel label={check.title}>
      <div className="check-panel">
        <Head check={check} />
        <div className="check-panel__about">
          <section aria-labelledby="why-title">
            <h3 id="why-title" className="section-title">
              Why it matters to scores
            </h3>
            <p>{check.why}</p>
          </section>
          {check.count > 0 && (
            <section aria-labelledby="fix-title">
              <h3 id="fix-title" className="section-title">
                What to do
              </h3>
              <p>{check.fix}</p>
              <Action check={check} />
            </section>
          )}
          {hasAnomalies(check.code) ? (
            <AnomalyList code={check.code} />
          ) : (
            <SentenceList title="What was found" className="check-panel__evidence" sentences={check.evidence} />
          )}
        </div>
        {check.rows > 0 && <CheckRows key={check.code} code={check.code} />}
      </div>
    </SidePanel>
  )
}

function Head({ check }: Props): ReactNode {
  const standing = standingOf(check)
  const { label, color } = standingWords(standing)
  const hasShare = check.of > 0 && check.count > 0
  return (
    <header className="check-head">
      <p className="check-head__standing" style={{ color }}>
        <StandingGlyph standing={standing} size={14} />
        {label}
      </p>
      <ActionIcon className="unit-head__close" aria-label="Close the panel" onClick={() => chooseCheck(null)}>
        <X size={16} aria-hidden />
      </ActionIcon>
      <h2 className="unit-head__name check-head__title">{check.title}</h2>
      <div className="check-head__figures">
        <span className="check-head__figure">{count(check.count)}</span>
        <span className="check-head__share">
          <span>
            {check.noun[check.count === 1 ? 0 : 1]}
            {hasShare && (
              <span className="muted">
                {' '}
                of {count(check.of)}, {shareText(check.count, check.of)}
              </span>
            )}
          </span>
          {hasShare && <ShareBar share={check.count / check.of} color={color} width={220} />}
        </span>
      </div>
    </header>
  )
}

const LABELS = { add_files: 'Add exports', held_rows: 'Show held rows', taxonomy: 'Open the taxonomy' } as const

function Action({ check }: Props): ReactNode {
  const platform = useServices()
  const { action } = check
  if (action === null) return null
  return (
    <Button variant="default" className="check-panel__action" onClick={() => act(platform, action)}>
      {LABELS[action]}
    </Button>
  )
}

function act(platform: Platform, action: NonNullable<HealthCheck['action']>): void {
  if (action === 'add_files') perform(chooseAndTake(platform))
  else if (action === 'taxonomy') go('taxonomy')
  else {
    useImportTab.setState({ tab: 'held' })
    perform(showHeld(platform.client, null))
    go('import')
  }
}
