import { type PointerEvent, useState } from 'react'

/** Two edges on an axis of whole numbers, the lower first. */
export type Range = readonly [from: number, to: number]

type Brush = Readonly<{
  /** What is being dragged, else null. */
  draft: Range | null
  handlers: Readonly<{
    onPointerDown: (event: PointerEvent<Element>) => void
    onPointerMove: (event: PointerEvent<Element>) => void
    onPointerUp: (event: PointerEvent<Element>) => void
    onPointerCancel: () => void
  }>
}>

/** Drag over a plot to choose a range; a click without a drag clears it. `valueAt` turns a pixel of the plot into a value. */
export function useBrush(valueAt: (x: number) => number, onRange: (range: Range | null) => void): Brush {
  const [start, setStart] = useState<number | null>(null)
  const [draft, setDraft] = useState<Range | null>(null)
  const at = (event: PointerEvent<Element>): number =>
    Math.round(valueAt(event.clientX - event.currentTarget.getBoundingClientRect().left))
  const stop = (): void => {
    setStart(null)
    setDraft(null)
  }
  return {
    draft,
    handlers: {
      onPointerDown: event => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture?.(event.pointerId)
        setStart(at(event))
      },
      onPointerMove: event => {
        if (start === null) return
        const here = at(event)
        setDraft(here === start ? null : [Math.min(start, here), Math.max(start, here)])
      },
      onPointerUp: () => {
        if (start === null) return
        onRange(draft)
        stop()
      },
      onPointerCancel: stop,
    },
  }
}
