import { Fragment, type ReactNode } from 'react'
import { sum } from '#lib/num'
import { type HeldGroup, keyOf } from '../../state/held-group.ts'
import { chooseHeld, type HeldImport, showHeld, useHeldRows } from '../../state/held-rows.ts'
import { count, counted, date } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { ruleTitle, withoutPlace } from './held-text.ts'

/** Which rules hold rows of which file, most first, and below them what was left out. */
export function HeldRules(): ReactNode {
  const { client } = useServices()
  const groups = useHeldRows(state => state.groups)
  const imports = useHeldRows(state => state.imports)
  const isOne = useHeldRows(state => state.importId !== null)
  const records = useHeldRows(state => state.records)
  const rows = sum(imports.map(({ held }) => held))
  const holding = imports.filter(each => groups.some(group => group.importId === each.importId)).toReversed()
  // What waits goes before what is only kept to be looked at.
  const listed = [...holding.filter(({ held }) => held > 0), ...holding.filter(({ held }) => held === 0)]
  return (
    <div className="held__list">
      {isOne && (
        <button type="button" className="plain text-button held__all" onClick={() => perform(showHeld(client, null))}>
          Show all files
        </button>
      )}
      {rows > records && (
        <p className="held__records muted">
          {counted(records, 'record')} held. One that feeds several tables is listed under each.
        </p>
      )}
      {listed.map(each => (
        <FileRules
          key={each.importId}
          file={each}
          isOneOfSeveral={imports.some(({ file, importId }) => file === each.file && importId !== each.importId)}
          groups={groups.filter(group => group.importId === each.importId)}
        />
      ))}
    </div>
  )
}

type FileProps = Readonly<{ file: HeldImport; groups: readonly HeldGroup[]; isOneOfSeveral: boolean }>

function FileRules({ file, groups, isOneOfSeveral }: FileProps): ReactNode {
  const held = groups.filter(group => group.state === 'held')
  const aside = (['left-out', 'superseded'] as const).flatMap(state => {
    const rules = groups.filter(group => group.state === state)
    return rules.length === 0 ? [] : [{ state, rules }]
  })
  const id = `held-file-${file.importId}`
  return (
    <section aria-labelledby={id} className="held-file">
      <h2 id={id} className="held-file__name">
        <span className="clip" title={file.file}>
          {file.file}
        </span>
        <span className="held-file__sum">{sumOf(file)}</span>
      </h2>
      {(isOneOfSeveral || file.held === 0) && (
        <p className="held-file__which">
          {file.table} · import {file.importId} · {date(file.importedAt)}
        </p>
      )}
      <RuleList groups={held} />
      {aside.map(({ state, rules }) => (
        <Fragment key={state}>
          <h3 className="held-file__aside">{state === 'left-out' ? 'Left out' : 'In a newer import again'}</h3>
          <RuleList groups={rules} />
        </Fragment>
      ))}
    </section>
  )
}

function RuleList({ groups }: Readonly<{ groups: readonly HeldGroup[] }>): ReactNode {
  return (
    <ul>
      {groups.map(group => (
        <li key={keyOf(group)}>
          <RuleLine group={group} />
        </li>
      ))}
    </ul>
  )
}

function RuleLine({ group }: Readonly<{ group: HeldGroup }>): ReactNode {
  const { client } = useServices()
  const isChosen = useHeldRows(state => state.chosen === keyOf(group))
  return (
    <button
      type="button"
      className={isChosen ? 'plain held-rule is-selected' : 'plain held-rule'}
      aria-current={isChosen}
      title={withoutPlace(group.message)}
      onClick={() => perform(chooseHeld(client, group))}
    >
      <span className="held-rule__title">{ruleTitle(group.code)}</span>
      <span className="held-rule__count number">{count(group.count)}</span>
      <span className="held-rule__where clip">
        {group.column === '' ? 'whole record' : <code>{group.column}</code>}
        {group.column !== '' && group.example !== '' && <> · {group.example}</>}
      </span>
    </button>
  )
}

function sumOf({ held, fixed, superseded }: HeldImport): string {
  if (held === 0 && fixed === 0 && superseded > 0) return `${count(superseded)} superseded`
  return fixed === 0 ? `${count(held)} held` : `${count(held)} held · ${count(fixed)} fixed`
}
