import { Fragment, type ReactNode } from 'react'

type Props = Readonly<{
  file: string | null
  line: number | null
  fields: readonly Readonly<{ name: string; value: string }>[]
}>

/** Where a row of an export stands, and the values it has there. */
export function RecordFields({ file, line, fields }: Props): ReactNode {
  return (
    <>
      <p className="soft record__place">
        {file}, line {line}
      </p>
      <dl className="facts">
        {fields.map(({ name, value }) => (
          <Fragment key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd className="record__value">{value}</dd>
          </Fragment>
        ))}
      </dl>
    </>
  )
}
