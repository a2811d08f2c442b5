import type { ScoreChanges } from '../../state/score-history.ts'

type Cause = ScoreChanges['changes'][number]['cause']
type Words = Readonly<{ label: string; means: string }>

const CAUSES: Readonly<Record<Cause, Words>> = {
  'new events': { label: 'New events', means: 'Events since that day earned points.' },
  decay: { label: 'Faded', means: 'The same events, older.' },
  'left the window': { label: 'Left the window', means: 'A later event took the place of the one that counted.' },
  cap: {
    label: 'Cap of the signal',
    means: 'The most points that one signal may add within its days: more, or less, was cut off by it.',
  },
  bucket: { label: 'Bucket limit', means: 'More, or less, was cut off by the most that the bucket may add.' },
  representative: { label: 'Another person counts', means: 'Somebody else is the strongest person of the workspace.' },
  condition: { label: 'Condition', means: 'Something that is no event began or ceased to hold.' },
  fit: { label: 'Account fit', means: 'The account, or what is known of it, is another.' },
  clamp: { label: 'Limit to 0–100', means: 'A score is never below 0 or above 100.' },
  rule: { label: 'Model', means: 'The run of that day was made by another model.' },
  role: { label: 'Role', means: 'The role of a person, or what is known of it, is another.' },
  'merge or split': { label: 'Merge or split', means: 'Other workspaces or people belong to it now.' },
  'later data': { label: 'Later data', means: 'Events of that time were imported after it.' },
}

export const causeOf = (cause: Cause): Words => CAUSES[cause]

type Group = ScoreChanges['groups'][number]['group']

/** Faded points and limits are of several causes each; every other group is one. */
export const groupOf = (group: Group): Words => {
  if (group === 'faded') return CAUSES.decay
  return group === 'limits' ? LIMITS : CAUSES[group]
}

const LIMITS: Words = {
  label: 'Cut off by limits',
  means:
    'What caps of signals, limits of buckets and the range from 0 to 100 cut off now and did not then, or the other way round.',
}
