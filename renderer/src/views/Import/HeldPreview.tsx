import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { fixOf, type HeldOutcome, useHeldFix } from '../../state/held-fix.ts'
import type { HeldGroup } from '../../state/held-group.ts'
import { count, counted } from '../../ui/format.ts'
import { skipWords } from './held-notice.tsx'
import { ruleTitle } from './held-text.ts'

/** What the fix would come to: a bar of the rows, the figures, and a few values as they would be read. */
export function HeldPreview({ group }: Readonly<{ group: HeldGroup }>): ReactNode {
  const outcome = useHeldFix(state => state.outcome)
  const status = useHeldFix(state => state.status)
  const problem = useHeldFix(state => state.problem)
  const isWhole = useHeldFix(state => fixOf(state) !== null)
  return (
    <div className="fix-preview" role="status" aria-busy={status === 'asking'}>
      {problem !== null ? (
        <p className="fix-preview__bad">{problem}</p>
      ) : outcome !== null && isWhole ? (
        <Outcome outcome={outcome} group={group} />
      ) : (
        <p className="muted">
          {isWhole ? 'Judging the rows again' : 'Say what the rows are to say, and this shows what it comes to.'}
        </p>
      )}
    </div>
  )
}

function Outcome({ outcome, group }: Readonly<{ outcome: HeldOutcome; group: HeldGroup }>): ReactNode {
  const { rows, loads, skips, skipsBy, holds, unaffected, leftOut, takenBack } = outcome
  if (leftOut > 0)
    return (
      <p className="soft">They stay out of every table and every score, stay in sight here, and can be taken back.</p>
    )
  if (takenBack > 0)
    return <p className="soft">Held again, they are listed under their rule, with all that was said about them.</p>
  return (
    <>
      <div className="fix-preview__line">
        <span className="fix-meter" aria-hidden>
          <span className="is-good" style={{ width: `${(100 * (loads + skips)) / Math.max(1, rows)}%` }} />
          <span className="is-bad" style={{ width: `${(100 * holds) / Math.max(1, rows)}%` }} />
        </span>
        <span>
          <strong>{count(loads)}</strong> of {counted(group.count, 'row')} would load
          {skipWords(skipsBy).map(words => `, ${words}`)}
          {unaffected > 0 && `, ${count(unaffected)} with another value left alone`}
        </span>
        {holds > 0 && <StillHeld outcome={outcome} />}
      </div>
      <Samples samples={outcome.samples} />
    </>
  )
}

function StillHeld({ outcome: { holds, rules } }: Readonly<{ outcome: HeldOutcome }>): ReactNode {
  const shown = rules.slice(0, 2).map(({ code, column, count: times }) => {
    const where = column === '' ? '' : ` in ${column}`
    return `${count(times)} ${ruleTitle(code).toLowerCase()}${where}`
  })
  return (
    <span className="fix-preview__held">
      {count(holds)} still held: {shown.join(', ')}
      {rules.length > shown.length && ' and more'}
    </span>
  )
}

function Samples({ samples }: Readonly<{ samples: HeldOutcome['samples'] }>): ReactNode {
  const read = samples.flatMap(({ line, before, after }, place) => {
    const isSeen = samples.findIndex(other => other.before === before) < place
    return after === null || after === before || isSeen ? [] : [{ line, before, after }]
  })
  if (read.length === 0) return null
  return (
    <ul className="fix-preview__samples" aria-label="How values would be read">
      {read.slice(0, 3).map(({ line, before, after }) => (
        <li key={line}>
          <code className="clip">{before === '' ? 'empty' : before}</code>
          <ArrowRight size={12} aria-label="is read as" />
          <code className="clip fix-preview__after">{after === '' ? 'empty' : after}</code>
        </li>
      ))}
    </ul>
  )
}
