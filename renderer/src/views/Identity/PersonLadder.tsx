import type { ReactNode } from 'react'
import { LADDER_STEPS } from '#schema/identity'
import type { PersonPage } from '../../state/identity-person-store.ts'
import { date } from '../../ui/format.ts'
import { STEP_WORDS } from './person-words.ts'

type Step = PersonPage['ladder'][number]

/** How far a person has come, when, and what shows it. A step that nothing shows keeps its place. */
export function PersonLadder({ page: { ladder, anonymous } }: Readonly<{ page: PersonPage }>): ReactNode {
  const seen = (anonymous?.under ?? []).map(idText).join('\n')
  return (
    <ol className="person-ladder" aria-label="Steps of the person">
      {LADDER_STEPS.map(name => {
        const step = ladder.find(one => one.step === name)
        return (
          <li key={name} className={step === undefined ? 'person-ladder__step is-missing' : 'person-ladder__step'}>
            <span className="person-ladder__name">{STEP_WORDS[name]}</span>
            <span className="person-ladder__date">{step === undefined ? 'nothing shows it' : dateText(step)}</span>
            {step !== undefined && (
              <span
                className="person-ladder__evidence"
                title={name === 'anonymous' && seen !== '' ? `${step.evidence}\n${seen}` : step.evidence}
              >
                {step.evidence}
              </span>
            )}
          </li>
        )
      })}
    </ol>
  )
}

function dateText({ at, dating }: Step): string {
  if (at === null) return 'date not known'
  return dating === 'at' ? date(at) : `${date(at)} or later`
}

/** An id under which a person was without a login, and when. */
export function idText({ kind, id, from, to }: NonNullable<PersonPage['anonymous']>['under'][number]): string {
  const name = kind === 'anonymous_id' ? 'Anonymous id' : 'Device'
  return `${name} ${id}, ${date(from)} to ${date(to)}`
}
