import type { ReactNode } from 'react'
import { showUnitText, type TemplateId, useTexts } from '../../state/export-texts.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { channelOf } from '../words.ts'

const NO_ROWS: NonNullable<ReturnType<typeof useTexts.getState>['preview']>['rows'] = []

/** The channel whose workspaces get a text; none: all may. */
const CHANNEL_OF: Readonly<Partial<Record<TemplateId, string>>> = {
  sdr_task: 'sdr',
  lifecycle_email: 'lifecycle_email',
  in_app: 'in_app',
  csm_note: 'csm',
}

/** How the text reads for a workspace of the newest scores. */
export function TextPreview(): ReactNode {
  const chosen = useTexts(state => state.chosen)
  const wanted = useTexts(state => state.unitId)
  const all = useTexts(state => state.preview?.rows ?? NO_ROWS)
  const isOld = useTexts(state => state.isPreviewOld)
  const rows = all.filter(({ payloads }) => payloads.some(({ id }) => id === chosen))
  const own = CHANNEL_OF[chosen]
  const shown =
    rows.find(({ unitId }) => unitId === wanted) ??
    rows.find(({ channels }) => own !== undefined && channels.includes(own)) ??
    rows[0]
  if (shown === undefined)
    return (
      <section className="text-preview" aria-label="Preview">
        <EmptyState title="No workspace gets this text">None of the newest routes leads to it.</EmptyState>
      </section>
    )
  const payload = shown.payloads.find(({ id }) => id === chosen)
  return (
    <section className="text-preview" aria-label="Preview" aria-busy={isOld}>
      <div className="text-editor__bar">
        <select
          className="choice-field"
          aria-label="Shown for"
          value={shown.unitId}
          onChange={event => showUnitText(event.currentTarget.value)}
        >
          {rows.map(({ unitId, unitName, channels }) => (
            <option key={unitId} value={unitId}>
              {unitName ?? unitId}
              {channels.length > 0 && ` (${channels.map(id => channelOf(id).label).join(', ')})`}
            </option>
          ))}
        </select>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable without a pointer */}
      <section className="text-preview__text" tabIndex={0} aria-label="Text as it is handed over">
        {payload?.text === '' ? (
          <span className="muted">Nothing is known of which it could speak.</span>
        ) : (
          payload?.text
        )}
      </section>
    </section>
  )
}
