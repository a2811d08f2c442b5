import { useLocalStorage } from '@mantine/hooks'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react'

type Props = Readonly<{ label: string; children: ReactNode }>

const MIN = 420
const MAX = 900
const DEFAULT = 560
const clamp = (width: number): number => Math.min(MAX, Math.max(MIN, width))

/** A panel on the right whose left edge is dragged, or moved with the arrow keys. */
export function SidePanel({ label, children }: Props): ReactNode {
  const [width, setWidth] = useLocalStorage({
    key: 'side-panel-width',
    defaultValue: DEFAULT,
    getInitialValueInEffect: false,
  })
  const grip = useRef<Readonly<{ x: number; width: number }> | null>(null)
  const onPointerDown = (event: PointerEvent): void => {
    event.currentTarget.setPointerCapture?.(event.pointerId)
    grip.current = { x: event.clientX, width }
  }
  const onPointerMove = (event: PointerEvent): void => {
    if (grip.current !== null) setWidth(clamp(grip.current.width + grip.current.x - event.clientX))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowLeft' ? 20 : event.key === 'ArrowRight' ? -20 : 0
    if (step === 0) return
    event.preventDefault()
    setWidth(clamp(width + step))
  }
  return (
    <aside className="side-panel" aria-label={label} style={{ width }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a movable separator has no native element */}
      <div
        className="side-panel__grip"
        role="separator"
        tabIndex={0}
        aria-label="Width of the panel"
        aria-orientation="vertical"
        aria-valuenow={width}
        aria-valuemin={MIN}
        aria-valuemax={MAX}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          grip.current = null
        }}
        onDoubleClick={() => setWidth(DEFAULT)}
        onKeyDown={onKeyDown}
      />
      {children}
    </aside>
  )
}
