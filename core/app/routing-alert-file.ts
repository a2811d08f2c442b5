import type { Output } from '#contract/contract'
import { csvFile, type HarmlessCell } from '#export'
import type { OutputFile } from './output-folder.ts'

type Alert = Output<'routing.alerts'>['alerts'][number]

/** alerts.csv, where there is anything to hear of. */
export function alertsFile(alerts: readonly Alert[], harmless: HarmlessCell[]): readonly OutputFile[] {
  if (alerts.length === 0) return []
  const text = (name: Exclude<keyof Alert, 'kind' | 'evidence' | 'seenAt'>) =>
    ({ name: snake(name), kind: 'text', read: (alert: Alert) => alert[name] ?? '' }) as const
  const file = csvFile<Alert>({
    name: 'alerts.csv',
    rows: alerts,
    keyOf: ({ alertId }) => alertId,
    columns: [
      text('alertId'),
      { name: 'kind', kind: 'plain', read: ({ kind }) => kind },
      ...(['unitId', 'accountId', 'contactId', 'owner', 'ownerName', 'territory', 'at', 'text'] as const).map(text),
    ],
  })
  return [{ name: file.name, rows: file.rows, chunks: () => file.chunks(cell => harmless.push(cell)) }]
}

const snake = (name: string): string => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
