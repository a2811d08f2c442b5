import { FolderOpen, Gauge, Import, type LucideIcon, Stethoscope, Tags, Upload } from 'lucide-react'
import type { Screen } from '../state/navigation.ts'

export type Room = Readonly<{ screen: Screen; label: string; icon: LucideIcon; key: string }>

/**
 * The rail, in the order of the pipeline. Data health and Identity come after Import, Model before Scores, Simulator and
 * Routing after it, History last: each is one entry here and one screen in App.
 */
export const ROOMS: readonly Room[] = [
  { screen: 'home', label: 'Project', icon: FolderOpen, key: 'p' },
  { screen: 'import', label: 'Import', icon: Import, key: 'i' },
  { screen: 'health', label: 'Data health', icon: Stethoscope, key: 'd' },
  { screen: 'taxonomy', label: 'Taxonomy', icon: Tags, key: 't' },
  { screen: 'scores', label: 'Scores', icon: Gauge, key: 's' },
  { screen: 'export', label: 'Export', icon: Upload, key: 'e' },
]
