import {
  Calculator,
  FingerprintPattern,
  FolderOpen,
  Gauge,
  Import,
  type LucideIcon,
  SlidersHorizontal,
  Split,
  Stethoscope,
  Tags,
  Upload,
} from 'lucide-react'
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
  { screen: 'identity', label: 'Identity', icon: FingerprintPattern, key: 'n' },
  { screen: 'taxonomy', label: 'Taxonomy', icon: Tags, key: 't' },
  { screen: 'model', label: 'Model', icon: Calculator, key: 'm' },
  { screen: 'scores', label: 'Scores', icon: Gauge, key: 's' },
  { screen: 'simulator', label: 'Simulator', icon: SlidersHorizontal, key: 'w' },
  { screen: 'routing', label: 'Routing', icon: Split, key: 'r' },
  { screen: 'export', label: 'Export', icon: Upload, key: 'e' },
]
