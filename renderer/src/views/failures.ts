import { AppError, type ErrorCode } from '#lib/errors'

export type Failure = Readonly<{ title: string; message: string; advice: string | null; code: string }>

/** What happened in a few words, and what to do next; the message of the error itself stands between them. */
const KNOWN: Readonly<Record<ErrorCode, readonly [title: string, advice: string | null]>> = {
  'usage/bad-argument': ['The request was not understood', null],
  'usage/missing-file': ['A file is missing', 'Add the file again.'],
  'usage/bad-model': ['The scoring model cannot be read', 'Correct the model file and open it again.'],
  'usage/bad-policy': ['The routing rules cannot be read', 'Correct what the message names.'],
  'usage/bad-mapping': ['A mapping does not fit', 'Correct the mapping, or map the columns of the file anew.'],
  'usage/overtaken': ['Somebody saved another change first', 'Look at what is in force now, then save again.'],
  'import/no-table': ['A file fits no table', 'Compare its header with the columns listed under Import.'],
  'import/ambiguous': [
    'A column can be read in two ways',
    'Write the column in one unambiguous format and add the file again.',
  ],
  'import/mostly-held': ['Most rows were held', 'Check that the file has the format that its header promises.'],
  'import/no-events': ['There are no events to score', 'Add an events export, then score again.'],
  'import/not-readable': ['A file could not be read', 'Export it again and add the new copy.'],
  'import/unknown-source': ['A file is no longer at hand', 'Add the file again.'],
  'import/file-changed': ['A file changed while it was read', 'Wait until it is written whole, then add it again.'],
  'import/no-batch': ['This import no longer waits', 'Add the files again.'],
  'import/not-undoable': ['The import cannot be undone now', null],
  'score/no-run': ['Nothing has been scored yet', 'Score the workspaces first.'],
  'score/unknown-unit': [
    'This workspace is not in the newest scores',
    'It may have been merged or removed by a later import.',
  ],
  'export/exists': ['The folder is not empty', 'Export again into a new folder.'],
  'store/not-a-project': ['This is not a project file', 'Choose a file that ends in .pql.'],
  'store/too-new': ['The project was made by a newer version', 'Update the program, then open it again.'],
  'store/locked': ['The project is open elsewhere', 'Close it there, then open it again.'],
  'store/disk': [
    'The disk is full or cannot be written',
    'Free some space and repeat the step. The project is as it was before.',
  ],
  'store/corrupt': ['The project file is damaged', 'Open the newest backup beside it.'],
  'store/read-only': ['The project cannot be changed', 'Copy it to a folder that can be written.'],
  'project/not-open': ['No project is open', 'Open a project or start a new one.'],
  'contract/bad-input': ['The request was refused', null],
  'contract/unknown-method': [
    'The engine does not know this request',
    'Restart the program: window and engine differ in version.',
  ],
  'contract/too-large': ['The request is too large', null],
  'run/cancelled': ['Cancelled', 'The project is as it was before.'],
  'run/busy': ['Not while a job runs', 'Wait until it has ended, or cancel it.'],
  'transport/closed': ['The engine does not answer', 'Start the program again. The project is safe.'],
  internal: ['Something went wrong in the program', 'Repeat the step. The project is as it was before.'],
}

/** An error in words. What is not an AppError is a bug: its text is not shown. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof AppError)) {
    const [title, advice] = KNOWN.internal
    return { title, message: 'The window met an unexpected state.', advice, code: 'internal' }
  }
  const [title, advice] = KNOWN[error.code]
  return { title, message: sentence(error.message), advice, code: error.code }
}

/** `The disk refused.` for `the disk refused`. */
export function sentence(text: string): string {
  const start = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.?]$/.test(start) ? start : `${start}.`
}
