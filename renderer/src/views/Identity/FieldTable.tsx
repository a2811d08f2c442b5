import { type ReactNode, useState } from 'react'
import type { Card } from '../../state/review-card.ts'
import { openRows } from '../../state/review-rows.ts'
import { counted, words } from '../../ui/format.ts'
import { perform } from '../notify.tsx'
import { useServices } from '../services.tsx'
import { Breakable } from './Breakable.tsx'
import { differingParts } from './differing-parts.ts'
import { fieldText } from './identity-words.ts'

type Field = Card['fields'][number]
type Side = NonNullable<Card['candidate']['right']>
type Props = Readonly<{
  left: Side
  right: Side | null
  /** Where the rows stand; null where that is not shown. */
  places: Card['places'] | null
  /** Tools that each of them is from, where that tells them apart. */
  tools?: Readonly<{ left: string; right: string }>
  /** Shows the rows as they stand, where `places` are shown; else those of the candidate. */
  onRows?: () => void
  fields: readonly Field[]
  /** Names of what was compared; fields of these come first. */
  compared: readonly string[]
  /** Show all fields from the start: nothing else is there to be seen. */
  isLong?: boolean
}>

const STATES: Readonly<Record<Field['state'], readonly [sign: string, means: string]>> = {
  same: ['=', 'Equal'],
  case: ['≈', 'Equal but for how it is written'],
  different: ['≠', 'Different'],
  'left-only': ['◧', 'Only the left record has it'],
  'right-only': ['◨', 'Only the right record has it'],
}

/** Both records side by side; what differs is marked, sign first, so that it is told without colour. */
export function FieldTable({ left, right, places, tools, onRows, fields, compared, isLong = false }: Props): ReactNode {
  const [isWhole, setWhole] = useState(isLong)
  const first = firstFields(fields, compared)
  const more = fields.length - first.length
  const shown = isWhole ? fields : first
  return (
    <table className="field-table" aria-label="Both records side by side">
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">Field</span>
          </th>
          <th scope="col">
            <SideHead side={left} place={places?.left ?? null} tool={tools?.left} onRows={onRows} />
          </th>
          <th scope="col">
            <span className="unseen">Compared</span>
          </th>
          <th scope="col">
            {right === null ? (
              <span className="muted">No account</span>
            ) : (
              <SideHead side={right} place={places?.right ?? null} tool={tools?.right} onRows={onRows} />
            )}
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map(field => (
          <FieldLine key={field.name} field={field} />
        ))}
        {more > 0 && (
          <tr>
            <th scope="row">
              <span className="unseen">More</span>
            </th>
            <td colSpan={3}>
              <button
                type="button"
                className="plain text-button"
                aria-expanded={isWhole}
                onClick={() => setWhole(!isWhole)}
              >
                {isWhole ? 'Fewer fields' : counted(more, 'more field')}
              </button>
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

const AT_FIRST = 6

/** What tells most: what was compared, then what both have, ids and what only one has last; all where few are left. */
function firstFields(fields: readonly Field[], compared: readonly string[]): readonly Field[] {
  if (fields.length <= AT_FIRST + 2) return fields
  const rank = ({ name, state }: Field): number =>
    (state === 'left-only' || state === 'right-only' ? 2 : 0) +
    (/(^|[ _])ids?$/i.test(name) ? 1 : 0) +
    (compared.some(one => words(name).toLowerCase().includes(one.toLowerCase())) ? 0 : 1)
  return fields.toSorted((a, b) => rank(a) - rank(b)).slice(0, AT_FIRST)
}

type HeadProps = Readonly<{
  side: Side
  place: Card['places']['left']
  tool: string | undefined
  onRows: (() => void) | undefined
}>

function SideHead({ side, place, tool = '', onRows }: HeadProps): ReactNode {
  const { client } = useServices()
  return (
    <span className="side-head">
      <span className="side-head__title">{side.title}</span>
      {side.subtitle !== null && (
        <span className="muted side-head__subtitle" title={side.subtitle}>
          <Breakable text={side.subtitle} />
        </span>
      )}
      {place !== null && (
        <button
          type="button"
          className="plain side-head__place"
          title="Show the row as it was read (E)"
          onClick={onRows ?? (() => perform(openRows(client)))}
        >
          {tool !== '' && `${tool} · `}
          {place.file}, line {place.line}
        </button>
      )}
    </span>
  )
}

type Parts = ReturnType<typeof differingParts>[number]

function FieldLine({ field }: Readonly<{ field: Field }>): ReactNode {
  const [sign, means] = STATES[field.state]
  const [left, right] = differingParts({
    state: field.state,
    left: fieldText(field.left),
    right: fieldText(field.right),
  })
  return (
    <tr className={`field-line field-line--${field.state}`}>
      <th scope="row">{words(field.name)}</th>
      <td title={wholeOf(left)}>
        <Marked parts={left} />
      </td>
      <td className="field-line__sign" title={means}>
        <span aria-hidden>{sign}</span>
        <span className="unseen">{means}</span>
      </td>
      <td title={wholeOf(right)}>
        <Marked parts={right} />
      </td>
    </tr>
  )
}

/** A word that is longer than the column is cut: the whole value is at hand. */
const wholeOf = (parts: Parts): string | undefined => parts?.join('')

function Marked({ parts }: Readonly<{ parts: Parts }>): ReactNode {
  if (parts === null) return <span className="muted">–</span>
  const [before, between, after] = parts
  return (
    <>
      <Breakable text={before} />
      {between !== '' && (
        <mark>
          <Breakable text={between} />
        </mark>
      )}
      <Breakable text={after} />
    </>
  )
}
