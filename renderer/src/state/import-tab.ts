import { create } from 'zustand'

/** Which half of the finished imports is shown. */
export const useImportTab = create<Readonly<{ tab: 'files' | 'held' }>>()(() => ({ tab: 'files' }))
