import type { ReactNode } from 'react'

type Props = Readonly<{ share: number; color: string; width?: number }>

const HEIGHT = 6

/** A thin bar for a share of a whole; what is there is never drawn as nothing. The figure stands beside it. */
export function ShareBar({ share, color, width = 64 }: Props): ReactNode {
  const length = share <= 0 ? 0 : Math.max(1.5, Math.min(1, share) * width)
  return (
    <svg className="share-bar" width={width} height={HEIGHT} aria-hidden>
      <rect width={width} height={HEIGHT} rx="1.5" fill="var(--ground-pressed)" />
      {length > 0 && <rect width={length} height={HEIGHT} rx="1.5" fill={color} />}
    </svg>
  )
}
