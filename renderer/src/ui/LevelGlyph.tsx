import type { ReactNode } from 'react'

type Props = Readonly<{ level: number; color: string }>

/** Three rising bars, `level` of them filled: an ordinal mark that reads without its colour. */
export function LevelGlyph({ level, color }: Props): ReactNode {
  return (
    <svg className="level-glyph" width="12" height="12" viewBox="0 0 12 12" aria-hidden>
      {[0, 1, 2].map(bar => (
        <rect
          key={bar}
          x={bar * 4.25}
          y={7.5 - bar * 3.25}
          width="3"
          height={4 + bar * 3.25}
          rx="1"
          fill={bar < level ? color : 'var(--line-strong)'}
        />
      ))}
    </svg>
  )
}
