import { Select } from '@mantine/core'
import type { ReactNode } from 'react'
import {
  chooseDiff,
  type ImportMode,
  modeOf,
  type ReviewKind,
  type StagedBatch,
  type StagedFile,
  setMode,
  useBatch,
} from '../../state/import-batch.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { count } from '../../ui/format.ts'
import { tableWords } from './board-words.ts'
import { effectOf, effectWords, KINDS, MODES } from './diff-words.ts'

type Props = Readonly<{ batch: StagedBatch }>

/** One line per file: its rows by what would become of them, and how it is laid over its table. */
export function DiffFiles({ batch }: Props): ReactNode {
  return (
    <div className="diff__files">
      <DataTable
        label="Files to publish"
        columns={COLUMNS}
        rows={batch.files}
        keyOf={file => `${file.importId} ${file.table} ${file.file}`}
      />
    </div>
  )
}

const figure = (id: 'same' | 'skipped', header: string, means: string): Column<StagedFile> => ({
  id,
  header,
  means,
  align: 'end',
  cell: file => <Figure figures={file[id]} />,
})

const kind = (id: ReviewKind, means: string): Column<StagedFile> => ({
  id,
  header: KINDS[id],
  means,
  align: 'end',
  cell: file => <KindFigure file={file} kind={id} />,
})

const COLUMNS: readonly Column<StagedFile>[] = [
  { id: 'file', header: 'File', cell: file => <span className="nowrap">{file.file}</span> },
  { id: 'table', header: 'Table', cell: file => tableWords(file.table) },
  {
    id: 'mode',
    header: 'How',
    means: 'How the file is laid over its table.',
    cell: file => <ModeChoice file={file} />,
  },
  kind('new', 'Keys that are not there yet.'),
  {
    ...kind(
      'changed',
      'Keys that are there with other values. Of events: ids that are there with other content; both are kept.',
    ),
    cell: file => <KindFigure file={file} kind={file.table === 'events' ? 'differingCopies' : 'changed'} />,
  },
  {
    ...figure('same', 'Same', 'Keys that are there with equal values. Of events: those that an earlier import has.'),
    cell: file =>
      file.table === 'events' ? <RepeatsFigure file={file} figures={file.same} /> : <Figure figures={file.same} />,
  },
  kind('missing', 'Rows of the table that no file of this import has.'),
  kind('held', 'Rows kept aside because a value could not be read.'),
  {
    ...figure(
      'skipped',
      'Skipped',
      'Rows that count for nothing: blank, of another table, an event that came further up in the file, or an id that a later row has again (the last one counts).',
    ),
    cell: file => <RepeatsFigure file={file} figures={file.skipped} />,
  },
  { id: 'effect', header: 'Publishing', cell: file => <EffectCell file={file} /> },
]

function ModeChoice({ file }: Readonly<{ file: StagedFile }>): ReactNode {
  const mode = useBatch(state => modeOf(state, file))
  if (file.alreadyImported) return <span className="muted nowrap">Read before</span>
  if (file.modes.length < 2) return <span className="muted nowrap">{MODES[mode].label}</span>
  return (
    <Select
      aria-label={`How ${file.file} is laid over ${tableWords(file.table)}`}
      title={MODES[mode].means}
      w={140}
      allowDeselect={false}
      withCheckIcon={false}
      comboboxProps={{ width: 300, position: 'bottom-start' }}
      data={file.modes.map(value => ({ value, label: MODES[value].label }))}
      value={mode}
      onChange={value => {
        if (value !== null) setMode(file.importId, value as ImportMode) // only modes are offered
      }}
      renderOption={({ option }) => (
        <span className="two-lines">
          <span>{option.label}</span>
          <span className="muted">{MODES[option.value as ImportMode].means}</span>
        </span>
      )}
    />
  )
}

function KindFigure({ file, kind: of }: Readonly<{ file: StagedFile; kind: ReviewKind }>): ReactNode {
  return <OpenFigure file={file} kind={of} figures={file[of]} />
}

/** Rows of which some can be opened: those whose key comes again. */
function RepeatsFigure({ file, figures }: Readonly<{ file: StagedFile; figures: number }>): ReactNode {
  return file.repeated === 0 ? (
    <Figure figures={figures} />
  ) : (
    <OpenFigure file={file} kind="repeated" figures={figures} />
  )
}

function Figure({ figures }: Readonly<{ figures: number }>): ReactNode {
  return <span className={figures === 0 ? 'muted' : undefined}>{count(figures)}</span>
}

type OpenProps = Readonly<{ file: StagedFile; kind: ReviewKind; figures: number }>

function OpenFigure({ file, kind: of, figures }: OpenProps): ReactNode {
  const isChosen = useBatch(({ chosen }) => chosen?.importId === file.importId && chosen.kind === of)
  if (figures === 0 || file.alreadyImported || (file.table === 'events' && of === 'new'))
    return <Figure figures={figures} />
  return (
    <button
      type="button"
      className={isChosen ? 'plain link-button diff-figure is-on' : 'plain link-button diff-figure'}
      aria-pressed={isChosen}
      aria-label={`${count(file[of])} ${KINDS[of].toLowerCase()} rows of ${file.file}`}
      onClick={() => chooseDiff(file.importId, of)}
    >
      {count(figures)}
    </button>
  )
}

function EffectCell({ file }: Readonly<{ file: StagedFile }>): ReactNode {
  const mode = useBatch(state => modeOf(state, file))
  const effect = effectOf(file, mode)
  const kept = mode === 'append' && !file.alreadyImported ? file.changed : 0
  return (
    <span className={effect.leaves > 0 ? 'diff-effect is-leaving' : 'diff-effect'}>
      {effectWords(effect)}
      {kept > 0 && <span className="muted">, leaves {count(kept)} as they are</span>}
    </span>
  )
}
