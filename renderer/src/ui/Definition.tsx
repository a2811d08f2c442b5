import { Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = Readonly<{ children: ReactNode; means: ReactNode; formula?: string | undefined; plain?: boolean }>

/** A term with its meaning, and its formula where it has one, on hover and on focus. */
export function Definition({ children, means, formula, plain = false }: Props): ReactNode {
  const label = (
    <span className="definition__card">
      <span>{means}</span>
      {formula !== undefined && <code className="definition__formula">{formula}</code>}
    </span>
  )
  return (
    <Tooltip label={label} events={{ hover: true, focus: true, touch: true }}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a definition must be reachable without a pointer */}
      <span className={plain ? 'definition definition--plain' : 'definition'} tabIndex={0}>
        {children}
      </span>
    </Tooltip>
  )
}
