import { create } from 'zustand'

export const MODEL_TABS = ['signals', 'buckets', 'roles', 'json', 'versions'] as const
export type ModelTab = (typeof MODEL_TABS)[number]

/** What of the model is looked at, and what is chosen there. */
type View = Readonly<{
  tab: ModelTab
  /** Place in the list of signals whose panel is open. */
  signal: number | null
  /** Hash of the version whose difference is shown. */
  version: string | null
  dialog: 'review' | 'rebase' | 'presets' | 'new' | 'import' | null
}>

const EMPTY: View = { tab: 'signals', signal: null, version: null, dialog: null }

export const useModelView = create<View>()(() => EMPTY)

export const setModelView = (change: Partial<View>): void => useModelView.setState(change)
