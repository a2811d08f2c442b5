import { create } from 'zustand'
import type { Level } from '#schema/unit'

export const SCREENS = [
  'home',
  'import',
  'health',
  'taxonomy',
  'identity',
  'model',
  'scores',
  'simulator',
  'routing',
  'export',
] as const
export type Screen = (typeof SCREENS)[number]

/** What the Scores room lists; users are read from the run of workspaces. */
export const SCORE_LEVELS = ['workspace', 'account', 'user'] as const
export type ScoreLevel = (typeof SCORE_LEVELS)[number]

type Place = Readonly<{
  screen: Screen
  /** What Scores lists. */
  level: ScoreLevel
  /** The unit whose panel is open on Scores: an account where accounts are listed, else a workspace. */
  unitId: string | null
}>

export const useNavigation = create<Place>()(() => ({ screen: 'home', level: 'workspace', unitId: null }))

export function go(screen: Screen): void {
  useNavigation.setState(place => (place.screen === screen ? place : { screen, unitId: null }))
}

/** Opens a workspace, or an account, beside a list of its level. People are listed beside their workspaces. */
export function openUnit(unitId: string, unitLevel: Level = 'workspace'): void {
  useNavigation.setState(({ level }) => ({
    screen: 'scores',
    level: unitLevel === 'workspace' && level === 'user' ? 'user' : unitLevel,
    unitId,
  }))
}

export function closeUnit(): void {
  useNavigation.setState({ unitId: null })
}

/** Lists another level on Scores. */
export function showLevel(level: ScoreLevel): void {
  useNavigation.setState({ level, unitId: null })
}

/** `#/scores/ws_1`, `#/scores/account/acc_1`: so that a reload and the back button find the same place. */
export function hashOf({ screen, level, unitId }: Place): string {
  const unit = unitId === null ? '' : encodeURIComponent(unitId)
  if (screen === 'scores' && level !== 'workspace') return `#/scores/${level}/${unit}`
  return unit === '' ? `#/${screen}` : `#/${screen}/${unit}`
}

/** @returns the place; of other screens than Scores without the level, which stays what it was */
export function placeOf(hash: string): Partial<Place> & Pick<Place, 'screen' | 'unitId'> {
  const [, name = '', first = '', second] = hash.split('/')
  const screen = SCREENS.find(known => known === name) ?? 'home'
  if (screen !== 'scores') return { screen, unitId: null }
  const level = (second === undefined ? undefined : SCORE_LEVELS.find(known => known === first)) ?? 'workspace'
  const unit = second ?? first
  return { screen, level, unitId: unit === '' ? null : decodedOrNull(unit) }
}

function decodedOrNull(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** Keeps address and place equal, both ways. Returns what stops it. */
export function followAddress(window: Window): () => void {
  const read = (): void => {
    const { hash } = window.location
    if (hash === '' || hash.startsWith('#/')) useNavigation.setState(placeOf(hash))
  }
  read()
  window.addEventListener('hashchange', read)
  const stop = useNavigation.subscribe((place, before) => {
    const hash = hashOf(place)
    if (hash === window.location.hash) return
    // moving along the list replaces, so that back leaves the panel instead of replaying every row
    if (
      place.screen === before.screen &&
      place.level === before.level &&
      place.unitId !== null &&
      before.unitId !== null
    ) {
      window.history.replaceState(null, '', hash)
    } else {
      window.history.pushState(null, '', hash)
    }
  })
  return () => {
    window.removeEventListener('hashchange', read)
    stop()
  }
}
