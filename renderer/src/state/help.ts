import { create } from 'zustand'

/** Whether the page of shortcuts is open. */
export const useHelp = create<Readonly<{ isOpen: boolean }>>()(() => ({ isOpen: false }))
