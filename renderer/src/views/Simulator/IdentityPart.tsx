import { type ReactNode, useEffect } from 'react'
import { useSimulator } from '../../state/simulator.ts'
import type { Parameter } from '../../state/simulator-calls.ts'
import {
  type Candidate,
  type ImaginedQuestion,
  imagineAnswer,
  loadIdentityPart,
  useIdentityPart,
} from '../../state/simulator-identity.ts'
import { answerIn } from '../../state/simulator-scenario.ts'
import { count, counted, decimal, difference } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/SkeletonRows.tsx'
import { perform } from '../notify.tsx'
import { Retry } from '../Retry.tsx'
import { useServices } from '../services.tsx'
import { JoinedFigures } from './JoinedFigures.tsx'

const QUESTIONS: readonly Readonly<{ id: ImaginedQuestion; label: string; same: string; different: string }>[] = [
  { id: 'persons', label: 'People', same: 'One person', different: 'Two' },
  { id: 'workspaces', label: 'Workspaces', same: 'Merge', different: 'Apart' },
  { id: 'companies', label: 'Companies', same: 'One company', different: 'Two' },
  { id: 'accounts', label: 'Accounts', same: 'Belongs', different: 'Does not' },
]

/** Who is who within the scenario: what the threshold joins, and the open candidates to accept or to reject. */
export function IdentityPart({ threshold }: Readonly<{ threshold: Parameter | undefined }>): ReactNode {
  const { client } = useServices()
  const runId = useSimulator(state => state.opened?.runId)
  const status = useIdentityPart(state => state.status)
  const hasFigures = useIdentityPart(state => state.records > 0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other scores are of other decisions
  useEffect(() => perform(loadIdentityPart(client)), [client, runId])
  if (status === 'failed') return <Retry title="Candidates cannot be shown" again={() => loadIdentityPart(client)} />
  return (
    <div className="who">
      {threshold !== undefined && hasFigures && <JoinedFigures threshold={threshold} />}
      {status === 'ready' ? (
        <>
          <Outcome />
          <Questions />
          <Candidates />
        </>
      ) : (
        <SkeletonRows rows={4} label="Records are being compared" />
      )}
    </div>
  )
}

/** What the answers and the threshold come to together, and what of them cannot hold. */
function Outcome(): ReactNode {
  const told = useSimulator(state => state.answer?.identity ?? null)
  const units = useSimulator(state => state.opened?.units ?? 0)
  const level = useSimulator(state => state.opened?.level ?? 'workspace')
  if (told === null) return null
  return (
    <>
      {told.units !== units && (
        <p className="who__line">
          <span className="muted">{level === 'account' ? 'Accounts' : 'Workspaces'} scored</span>
          <span className="who__figure">
            {count(told.units)} <span className="change">{difference(told.units - units)}</span>
          </span>
        </p>
      )}
      {told.refused.map(({ pair, sentence }) => (
        <p key={`${pair.a}\n${pair.b}`} className="who__refused" role="alert">
          {sentence}
        </p>
      ))}
    </>
  )
}

function Questions(): ReactNode {
  const { client } = useServices()
  const { question, matching, candidates } = useIdentityPart()
  return (
    <div className="who__questions">
      <select
        className="choice-field"
        aria-label="Open candidates"
        value={question}
        onChange={event => {
          const chosen = QUESTIONS.find(({ id }) => id === event.currentTarget.value)
          perform(loadIdentityPart(client, chosen?.id))
        }}
      >
        {QUESTIONS.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
      <span className="muted">
        {matching > candidates.length
          ? `first ${count(candidates.length)} of ${count(matching)}`
          : counted(matching, 'candidate')}
      </span>
    </div>
  )
}

function Candidates(): ReactNode {
  const candidates = useIdentityPart(state => state.candidates)
  if (candidates.length === 0) return <p className="who__none muted">Nothing is open here.</p>
  return (
    <ul className="who__list" aria-label="Candidates">
      {candidates.map(one => (
        <CandidateLine key={`${one.pair.a}\n${one.pair.b}`} candidate={one} />
      ))}
    </ul>
  )
}

function CandidateLine({
  candidate: { pair, left, right, bits, effect, strongest },
}: Readonly<{ candidate: Candidate }>): ReactNode {
  const { client } = useServices()
  const given = useSimulator(state => answerIn(state.scenario, pair)?.answer ?? null)
  const words = QUESTIONS.find(({ id }) => id === pair.question)
  const names = namesOf(left, right)
  const title = [
    `${left.title} (${left.subtitle ?? left.key}) and ${right?.title ?? ''} (${right?.subtitle ?? right?.key ?? ''})`,
    bits === null ? '' : `${decimal(bits)} bits`,
    strongest,
  ]
  const choices = [
    ['same', words?.same ?? 'Same'],
    ['different', words?.different ?? 'Different'],
  ] as const
  return (
    <li className={given === null ? 'who__pair' : 'who__pair is-changed'}>
      <span className="who__names" title={title.filter(text => text !== '').join(' · ')}>
        <span className="clip">{names[0]}</span>
        <span className="clip muted">{names[1]}</span>
      </span>
      <span className="who__effect muted" title="Highest score among the units that an answer touches">
        {effect === null ? '' : decimal(effect)}
      </span>
      <fieldset className="who__answers" aria-label={`${names[0]} and ${names[1]}`}>
        {choices.map(([answer, label]) => (
          <button
            key={answer}
            type="button"
            className={given === answer ? 'plain chip is-on' : 'plain chip'}
            aria-pressed={given === answer}
            onClick={() => perform(imagineAnswer(client, pair, answer))}
          >
            {label}
          </button>
        ))}
      </fieldset>
    </li>
  )
}

/** Two of one name are told apart by their address, else by their key. */
function namesOf(left: Candidate['left'], right: Candidate['right']): readonly [string, string] {
  if (right === null) return [nameOf(left), '']
  const names = [nameOf(left), nameOf(right)] as const
  return names[0] === names[1] ? [`${names[0]} · ${left.key}`, `${names[1]} · ${right.key}`] : names
}

function nameOf({ title, subtitle }: Candidate['left']): string {
  return subtitle === null ? title : `${title} · ${subtitle}`
}
