import { create } from 'zustand'

/** Which half of the Export screen is shown. */
export const useExportTab = create<Readonly<{ tab: 'lists' | 'written' }>>()(() => ({ tab: 'lists' }))
