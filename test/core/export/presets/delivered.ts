import Papa from 'papaparse'
import type { ExportUnit } from '../../../../core/export/index.ts'
import {
  addressBookOf,
  crmSnapshotOf,
  type Delivered,
  Delivery,
  type DeliveryFinding,
  type DeliveryOptions,
  HandOffs,
  type HarmlessCell,
  type KeptTexts,
  type LedgerEntry,
  type PresetId,
  type PresetOptions,
  presetOf,
  templatesOf,
  WORKSPACE_AS,
} from '../../../../core/export/index.ts'
import type { resolveIdentities } from '../../../../core/identity/index.ts'
import { calendarOf, DAY_MS, formatInstant } from '../../../../core/lib/time.ts'
import { DEFAULT_MODEL } from '../../../../core/score/index.ts'
import type { tables } from '../../identity/rows.ts'
import { linksOf } from '../../route/links.ts'

export const TODAY = 20_600
export const AS_OF = TODAY * DAY_MS + DAY_MS / 2
export const CALENDAR = calendarOf('UTC')

const OPTIONS: Omit<PresetOptions, 'workspaceAs'> = {
  leadsAs: 'lead',
  pipeline: 'Sales Pipeline',
  dealStage: 'Appointment Scheduled',
  leadStatus: 'Open - Not Contacted',
  dealStages: new Set(),
}

export type Wish = Partial<PresetOptions> &
  Partial<DeliveryOptions> &
  Readonly<{
    ledger?: readonly Delivered[]
    lastTaskDay?: number
    sequence?: string
    eventKind?: string
    kept?: KeptTexts
    /** Whose ids the keys of contacts and accounts are told to be. */
    crms?: readonly ('hubspot' | 'salesforce' | 'attio')[]
  }>

/** What a delivery of units came to: files by name, as text and as records. */
export function deliveredBy(
  preset: PresetId,
  units: readonly ExportUnit[],
  {
    data,
    identities,
    ...wish
  }: Wish & Readonly<{ data: ReturnType<typeof tables>; identities: ReturnType<typeof resolveIdentities> }>,
) {
  const contactLinks = linksOf(data, identities.persons)
  const book = addressBookOf({ dataset: data, identities, contactLinks })
  const { sequence, eventKind, kept, crms } = wish
  const asOf = formatInstant(AS_OF)
  const hasSequences = sequence !== undefined
  const run = { asOf, model: 'Recipe v1 (abcdef12)', sequenceOf: () => sequence ?? null, hasSequences }
  const made = presetOf(preset, run, { workspaceAs: WORKSPACE_AS[preset] ?? 'object', ...OPTIONS, ...wish })
  const delivered: Delivered[] = []
  const findings: DeliveryFinding[] = []
  const harmless: HarmlessCell[] = []
  const known = new Map<string, LedgerEntry>(
    (wish.ledger ?? []).map(({ object, key, fingerprint }) => [`${object} ${key}`, { fingerprint, hasFailed: false }]),
  )
  const handOffs = new HandOffs({
    book,
    snapshot: crmSnapshotOf({ ...data, crmsOf: () => crms ?? [] }, contactLinks),
    dayOf: CALENDAR.dayOf,
    model: DEFAULT_MODEL,
    today: TODAY,
    sequences: hasSequences ? { sdr: sequence } : {},
    templates: templatesOf(new Map()),
    ...(kept === undefined ? {} : { kept }),
    ...(eventKind === undefined ? {} : { keyEventsOf: () => [{ at: AS_OF - DAY_MS, kind: eventKind, userId: null }] }),
  })
  for (const unit of units) handOffs.add(unit)
  handOffs.finish()
  const delivery = new Delivery({
    handOffs,
    today: TODAY,
    preset: made,
    steps: made.steps,
    ledger: { find: (object, key) => known.get(`${object} ${key}`), lastTaskDay: () => wish.lastTaskDay ?? null },
    options: { delta: false, again: false, coolDownDays: 14, ...wish },
    note: cell => harmless.push(cell),
    deliver: record => delivered.push(record),
    find: finding => findings.push(finding),
  })
  const texts: string[] = []
  const take = (parts: readonly string[]): void => {
    for (const [i, text] of parts.entries()) texts[i] = (texts[i] ?? '') + text
  }
  for (const unit of units) {
    const handed = handOffs.of(unit)
    if (handed !== null) delivery.take(handed)
    take(delivery.records.writer.take())
  }
  take(delivery.records.writer.close())
  const { names } = delivery.records.writer
  const files = new Map(names.map((name, i) => [name, texts[i] ?? '']))
  return { files, preset: made, delivered, findings, harmless, counts: delivery.records.counts, delivery }
}

/** Header and records of a CSV text. */
export function recordsOf(text: string | undefined): readonly Readonly<Record<string, string>>[] {
  const [names = [], ...lines] = Papa.parse((text ?? '').replace(/\r\n$/, ''), { delimiter: ',', newline: '\r\n' }).data
  return lines.map(cells => Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])))
}
