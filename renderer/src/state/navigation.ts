import { create } from 'zustand'

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

/** `unitId`: the workspace whose panel is open on Scores. */
type Place = Readonly<{ screen: Screen; unitId: string | null }>

export const useNavigation = create<Place>()(() => ({ screen: 'home', unitId: null }))

export function go(screen: Screen): void {
  useNavigation.setState(place => (place.screen === screen ? place : { screen, unitId: null }))
}

export function openUnit(unitId: string): void {
  useNavigation.setState({ screen: 'scores', unitId })
}

export function closeUnit(): void {
  useNavigation.setState({ unitId: null })
}

/** `#/scores/ws_1`: so that a reload and the back button find the same place. */
export function hashOf({ screen, unitId }: Place): string {
  return unitId === null ? `#/${screen}` : `#/${screen}/${encodeURIComponent(unitId)}`
}

export function placeOf(hash: string): Place {
  const [, name = '', rest = ''] = hash.split('/')
  const screen = SCREENS.find(known => known === name) ?? 'home'
  return { screen, unitId: screen === 'scores' && rest !== '' ? decodedOrNull(rest) : null }
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
    if (place.screen === before.screen && place.unitId !== null && before.unitId !== null) {
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
