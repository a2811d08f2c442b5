import { create } from 'zustand'

export const ROUTING_TABS = [
  'rules',
  'test',
  'settings',
  'teams',
  'pools',
  'icp',
  'alerts',
  'anomalies',
  'versions',
] as const
export type RoutingTab = (typeof ROUTING_TABS)[number]

type RoutingView = Readonly<{
  tab: RoutingTab
  /** The rule whose panel is open. */
  ruleId: string | null
  /** The rule that is dragged, its place, and the place that it would take. */
  drag: Readonly<{ ruleId: string; from: number; over: number }> | null
  dialog: 'save' | Readonly<{ revertTo: string }> | null
}>

const PLAIN: RoutingView = { tab: 'rules', ruleId: null, drag: null, dialog: null }

/** What of the room is on screen. */
export const useRoutingView = create<RoutingView>()(() => PLAIN)

export const setRoutingView = (change: Partial<RoutingView>): void => useRoutingView.setState(change)

export function forgetRoutingView(): void {
  useRoutingView.setState(PLAIN)
}
