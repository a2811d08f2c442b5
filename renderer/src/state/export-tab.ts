import { create } from 'zustand'

export const EXPORT_TABS = ['lists', 'crm', 'texts', 'deliveries', 'written'] as const
export type ExportTab = (typeof EXPORT_TABS)[number]

/** Which part of the Export screen is shown. */
export const useExportTab = create<Readonly<{ tab: ExportTab }>>()(() => ({ tab: 'lists' }))
