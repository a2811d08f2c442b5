import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { forgetRemembered, readList } from '../../state/imports.ts'
import { give } from '../../state/mapping-board.ts'
import { type BoardFile, isByHand } from '../../state/mapping-rows.ts'
import { count, counted, percent } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { reasonWords } from './AskCells.tsx'
import { chooseEscape, escapeOf } from './board-acts.ts'
import { formatWords, listRead, tableWords } from './board-words.ts'
import { EncodingField } from './EncodingField.tsx'
import { Segments } from './Segments.tsx'

type Props = Readonly<{ file: BoardFile }>

/** What a file is taken for and why, what comes next to that, and what reading it to its end said. */
export function FileDetail({ file }: Props): ReactNode {
  const { plan, tables } = file
  return (
    <>
      <header className="board-detail__head">
        <h2 className="panel-title">{plan.file}</h2>
        <p className="muted">{formatWords(plan)}</p>
      </header>
      <section className="board-detail__part">
        <h3 className="section-title">
          {tables.length === 0 ? 'Fits no table' : `Read as ${tables.map(({ table }) => tableWords(table)).join(', ')}`}
        </h3>
        <p className="soft">{isByHand(file) ? 'The table was chosen by hand.' : reasonWords(file)}</p>
        {plan.columns.length === 0 && (
          <p className="soft">
            This file will not be imported. If it should be, export it as CSV, JSON or JSON Lines with a header.
          </p>
        )}
        {tables.length === 0 && plan.columns.length > 0 && (
          <p className="soft">It will not be imported. If it is one of the tables, choose which in its row.</p>
        )}
        <Lists file={file} />
        <EncodingField file={file} />
        <Backslashes file={file} />
        <Recognised file={file} />
        <Remembered file={file} />
      </section>
      {tables.map(({ table, proof }) =>
        proof === null ? null : (
          <section key={table} className="board-detail__part">
            <h3 className="section-title">{tableWords(table)}</h3>
            <dl className="facts">
              <dt>Rows</dt>
              <dd>
                {count(proof.read)} = {count(proof.readable)} to load + {count(proof.held)} to hold +{' '}
                {count(proof.skipped)} to skip
              </dd>
            </dl>
            {proof.notes.map(note => (
              <p key={`${note.code} ${note.column}`} className="soft">
                {note.message}
              </p>
            ))}
          </section>
        ),
      )}
    </>
  )
}

/** The lists of a document, each a step away. */
function Lists({ file: { plan } }: Props): ReactNode {
  const { client } = useServices()
  const { lists = [] } = plan
  if (lists.length === 0) return null
  const read = listRead(plan)
  return (
    <fieldset className="board-detail__lists" aria-label="List to read">
      {lists.map(({ path, records }) => (
        <Button
          key={path}
          size="compact-xs"
          variant="default"
          aria-pressed={path === read}
          onClick={() => perform(readList(client, plan, path))}
        >
          {path} · {counted(records, 'record')}
        </Button>
      ))}
    </fieldset>
  )
}

/** What the backslashes of a delimited file are; MySQL and Redshift write them before quotes and delimiters. */
function Backslashes({ file }: Props): ReactNode {
  if (file.plan.format !== 'csv' || file.tables.length === 0) return null
  return (
    <div className="board-detail__setting">
      <Segments
        label="Backslashes"
        value={escapeOf(file)}
        isFixed={false}
        data={[
          { value: 'none', label: 'As they stand' },
          { value: 'backslash', label: 'Escape what follows' },
        ]}
        onChange={meaning => chooseEscape(file, meaning === 'backslash' ? 'backslash' : 'none')}
      />
    </div>
  )
}

function Recognised({ file }: Props): ReactNode {
  const { recognition } = file.plan
  if (recognition === undefined || isByHand(file)) return null
  const { score, missing, doubts, runnerUp } = recognition
  return (
    <dl className="facts board-detail__facts">
      {file.tables.length > 0 && (
        <>
          <dt>Confidence</dt>
          <dd>{percent(score)}</dd>
        </>
      )}
      {missing.length > 0 && (
        <>
          <dt>Not in the file</dt>
          <dd>{missing.join(', ')}</dd>
        </>
      )}
      {doubts.length > 0 && (
        <>
          <dt>Doubtful</dt>
          <dd>{doubts.join(', ')}: the values look otherwise</dd>
        </>
      )}
      {runnerUp !== null && (
        <>
          <dt>Next best table</dt>
          <dd>
            {runnerUp.name}, {percent(runnerUp.score)}
            {runnerUp.missing.length > 0 && `, but the file has no ${runnerUp.missing.join(', ')}`}
          </dd>
        </>
      )}
    </dl>
  )
}

/** A mapping that was used before is used again until it is forgotten; one changed here can be taken back. */
function Remembered({ file }: Props): ReactNode {
  const { client } = useServices()
  const { plan, entry } = file
  if (entry.edited !== null)
    return (
      <p className="board-detail__act">
        <span className="soft">Changed here; remembered for files with the same headers once it is imported.</span>
        {entry.edited !== plan.mapping && (
          <Button size="compact-xs" variant="default" onClick={() => give(plan, null)}>
            Undo the changes
          </Button>
        )}
      </p>
    )
  const { signature } = plan
  if (plan.recognition?.by !== 'mapping' || signature === undefined) return null
  return (
    <p className="board-detail__act">
      <span className="soft">
        Read by the mapping that is remembered for its {counted(plan.columns.length, 'header')}.
      </span>
      <Button size="compact-xs" variant="default" onClick={() => perform(forgetRemembered(client, plan, signature))}>
        Forget
      </Button>
    </p>
  )
}
