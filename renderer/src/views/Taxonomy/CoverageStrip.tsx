import type { ReactNode } from 'react'
import { type Preview, useTaxonomy } from '../../state/taxonomy.ts'
import { Definition } from '../../ui/Definition.tsx'
import { count, counted, NONE, share, sharePoints } from '../../ui/format.ts'
import { kindsVerdict } from './category-words.ts'

/** What the taxonomy covers, as it is edited: the figures move before anything is applied. */
export function CoverageStrip(): ReactNode {
  const preview = useTaxonomy(state => state.preview)
  const isOld = useTaxonomy(state => state.isPreviewOld)
  const kinds = useTaxonomy(state => (state.draft ?? state.inForce?.entries ?? []).length)
  if (preview === null) return null
  const { before, after } = preview
  const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)
  const verdict = kindsVerdict(kinds)
  return (
    <dl className="coverage" aria-label="Coverage" aria-busy={isOld}>
      <Figure
        label="Events with a kind"
        means="Events up to the as-of day whose name has a kind, of all events. The others are activity and earn nothing."
        ratio={ratio(after.withKind, after.events)}
        before={ratio(before.withKind, before.events)}
        note={`of ${count(after.events)}`}
      />
      <Figure
        label="Events that earn points"
        means="Events of kinds whose signals add or take points, before caps and decay."
        ratio={ratio(after.earning, after.events)}
        before={ratio(before.earning, before.events)}
        note={`${count(after.earning)} events`}
      />
      <div className="coverage__figure">
        <dt>
          <Definition plain means="Names with an event up to the as-of day.">
            Names with a kind
          </Definition>
        </dt>
        <dd>
          <span className="coverage__value">{count(after.namesWithKind)}</span>
          <span className="coverage__note">
            of {count(after.names)}
            {after.namesWithKind !== before.namesWithKind && ` · was ${count(before.namesWithKind)}`}
          </span>
        </dd>
      </div>
      <div className="coverage__figure">
        <dt>
          <Definition plain means={verdict.means}>
            Kinds
          </Definition>
        </dt>
        <dd>
          <span className="coverage__value">{count(kinds)}</span>
          <span className={verdict.isGood ? 'coverage__note' : 'coverage__note coverage__note--warn'}>
            {verdict.note}
          </span>
        </dd>
      </div>
      <Workspaces workspaces={preview.workspaces} />
    </dl>
  )
}

type FigureProps = Readonly<{ label: string; means: string; ratio: number; before: number; note: string }>

function Figure({ label, means, ratio, before, note }: FigureProps): ReactNode {
  const change = sharePoints(ratio - before)
  return (
    <div className="coverage__figure">
      <dt>
        <Definition plain means={means}>
          {label}
        </Definition>
      </dt>
      <dd>
        <span className="coverage__value">{share(ratio)}</span>
        {change !== '' && (
          <span className={ratio > before ? 'coverage__change is-up' : 'coverage__change is-down'}>{change}</span>
        )}
        <span className="coverage__note">{note}</span>
      </dd>
      <span className="coverage__bar" aria-hidden>
        <span className="coverage__before" style={{ width: `${100 * Math.min(before, ratio)}%` }} />
        <span
          className={ratio >= before ? 'coverage__gain' : 'coverage__loss'}
          style={{ width: `${100 * Math.abs(ratio - before)}%` }}
        />
      </span>
    </div>
  )
}

function Workspaces({ workspaces }: Pick<Preview, 'workspaces'>): ReactNode {
  const { touched, gaining, losing, mixed, total } = workspaces
  const said = [
    gaining > 0 ? `${count(gaining)} gain` : '',
    losing > 0 ? `${count(losing)} lose` : '',
    mixed > 0 ? `${count(mixed)} both` : '',
  ].filter(text => text !== '')
  return (
    <div className="coverage__figure">
      <dt>
        <Definition
          plain
          means="Workspaces with an event that would take another kind. They gain where events begin to earn points and none stops to, and lose where it is the other way round. Scores follow with the next scoring."
        >
          Workspaces with a change
        </Definition>
      </dt>
      <dd>
        <span className={touched === 0 ? 'coverage__value muted' : 'coverage__value'}>
          {touched === 0 ? NONE : count(touched)}
        </span>
        <span className="coverage__note">
          {touched === 0
            ? `none of ${counted(total, 'workspace')}`
            : said.length === 0
              ? 'points stay'
              : said.join(' · ')}
        </span>
      </dd>
    </div>
  )
}
