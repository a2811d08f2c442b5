import { create } from 'zustand'
import type { Progress } from '#contract/method'

/** What is told of an answer that takes its time; `said` is what the engine told of it last. */
type Work = Readonly<{ isSlow: boolean; said: Progress | null }>

/** After this long an answer under way is told of, ms. */
export const SLOW_MS = 400

const NONE: Work = { isSlow: false, said: null }

/** How far the engine is with the newest question of the simulator; said only where it takes longer than a moment. */
export const useSimulatorWork = create<Work>()(() => NONE)
let latest = 0

/** Watches one question; one that is newer takes its place. */
export function watchWork(): Readonly<{ tell(said: Progress): void; end(): void }> {
  latest += 1
  const mine = latest
  const set = (change: Partial<Work>): void => {
    if (mine === latest) useSimulatorWork.setState(change)
  }
  set(NONE)
  const timer = setTimeout(() => set({ isSlow: true }), SLOW_MS)
  return {
    tell: said => set({ said }),
    end: () => {
      clearTimeout(timer)
      set(NONE)
    },
  }
}
