import type { DryRun, FindingKind } from '../../state/export-crm.ts'

/** What stands in the way of a record, in words. */
export const FINDINGS: Readonly<Record<FindingKind, Readonly<{ label: string; means: string }>>> = {
  missing_required: {
    label: 'Lacks a field',
    means: 'The CRM asks for a field that is unknown; the record is held back.',
  },
  matched_twice: { label: 'Matched twice', means: 'The CRM has more than one record that this could be.' },
  same_key: {
    label: 'Same key',
    means: 'Another record has its domain, address or id, and the CRM keeps one of each; that row stands for both.',
  },
  same_name: {
    label: 'Name is there',
    means:
      'The CRM has an account of that name, and nothing else says that it is the same company; a second one is made.',
  },
  foreign_id: {
    label: 'Id of another CRM',
    means:
      'The imported CRM data has it, under an id that is none of this CRM, or that nothing says is; it counts as new there.',
  },
  without_owner: { label: 'Without owner', means: 'Nobody owns it; the owner column stays empty.' },
  over_limit: { label: 'Over a limit', means: 'A value is longer than the CRM takes, or a file larger.' },
  unknown_option: { label: 'Unknown option', means: 'A value is none of the options that the CRM is known to have.' },
  placeholder: { label: 'Placeholder', means: 'A field that the CRM needs is filled with a stand-in.' },
  cooling_down: { label: 'Cooling down', means: 'Somebody got a task for the workspace lately; it waits.' },
}

/** Destinations whose workspaces no CRM gets. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  review: 'wait for review',
  none: 'go nowhere',
}

type ObjectRow = DryRun['objects'][number]
type Figure = Exclude<keyof ObjectRow, 'object' | 'title' | 'files'>

/** The columns of the dry run in their order; `isTrouble`: more than none is to be looked at. */
export const FIGURES: readonly Readonly<{ id: Figure; header: string; means: string; isTrouble: boolean }>[] = [
  { id: 'create', header: 'Created', means: 'New to the CRM.', isTrouble: false },
  { id: 'update', header: 'Updated', means: 'The CRM has it; it is found by its id.', isTrouble: false },
  {
    id: 'unchanged',
    header: 'Unchanged',
    means: 'Handed over before and the same since; not written.',
    isTrouble: false,
  },
  {
    id: 'notHandedOver',
    header: 'Not handed over',
    means: 'New to the CRM, and nobody is to work it.',
    isTrouble: false,
  },
  { id: 'held', header: 'Held', means: 'Lacks what the CRM asks for; not written.', isTrouble: true },
  { id: 'matchedTwice', header: 'Matched twice', means: FINDINGS.matched_twice.means, isTrouble: true },
  { id: 'withoutOwner', header: 'No owner', means: FINDINGS.without_owner.means, isTrouble: true },
  { id: 'overLimit', header: 'Over limit', means: FINDINGS.over_limit.means, isTrouble: true },
  { id: 'unknownOption', header: 'Unknown option', means: FINDINGS.unknown_option.means, isTrouble: true },
]
