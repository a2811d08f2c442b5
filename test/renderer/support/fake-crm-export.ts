import type { Client, Input, Output } from '#contract/contract'
import { AS_OF } from './fake-row.ts'

type DryRun = Output<'export.dryRun'>
type CrmResult = Output<'export.deliverEach'>['results'][number]
type PresetId = CrmResult['preset']
type Delivery = Output<'export.deliveries'>['deliveries'][number]
const PRESETS = ['hubspot', 'salesforce', 'attio', 'generic'] as const

const row = (
  object: DryRun['objects'][number]['object'],
  title: string,
  create: number,
): DryRun['objects'][number] => ({
  object,
  title,
  create,
  update: 12,
  unchanged: 0,
  held: object === 'person' ? 1 : 0,
  matchedTwice: object === 'company' ? 2 : 0,
  withoutOwner: 0,
  overLimit: 0,
  unknownOption: 0,
  notHandedOver: 30,
  files: [`${object}.csv`],
})

const finding = (
  kind: DryRun['findings'][number]['kind'],
  object: DryRun['objects'][number]['object'],
  key: string,
): DryRun['findings'][number] => ({ kind, object, key, unitId: 'ws_0001', text: `${key} ${kind.replaceAll('_', ' ')}` })

function tried({ preset, delta, workspaceAs }: Input<'export.dryRun'>): DryRun {
  return {
    preset,
    runId: 1,
    units: 42,
    leftOut: [{ destination: 'review', units: 1 }],
    objects: delta
      ? [{ ...row('company', 'Companies', 0), update: 0, unchanged: 50 }]
      : [row('company', 'Companies', 38), row('person', 'People', 61), row('task', 'Tasks', 24)],
    coolingDown: 3,
    cellsMadeHarmless: 1,
    files: [
      { name: 'company.csv', rows: 50 },
      { name: 'person.csv', rows: 61 },
      { name: 'manifest.json', rows: 0 },
    ],
    findings: [
      finding('matched_twice', 'company', 'acc_7'),
      finding('matched_twice', 'company', 'acc_9'),
      finding('missing_required', 'person', 'u_3'),
    ],
    findingsTotal: 3,
    findingSorts: [
      { object: 'company', kind: 'matched_twice', findings: 2 },
      { object: 'person', kind: 'missing_required', findings: 1 },
    ],
    samples: [
      { file: 'company.csv', text: `Company name,Workspace as\nTarnbrook,${workspaceAs}\n` },
      { file: 'person.csv', text: 'Email\nana@tarnbrook.com\n' },
    ],
  }
}

const WORKSPACE_AS = { hubspot: 'company', salesforce: null, attio: 'object', generic: null } as const

/** Exports to a CRM of small, made-up data; what was delivered is remembered. */
export function crmExportHandlers(): Pick<
  Client,
  'export.presets' | 'export.dryRunEach' | 'export.deliverEach' | 'export.deliveries' | 'export.errors'
> {
  const deliveries: Delivery[] = []
  const resultOf = (preset: PresetId): CrmResult => {
    if (preset === 'salesforce') {
      const failure = { code: 'store/disk', message: 'the disk is full' }
      return { preset, folder: '/home/ana/exports/1', written: null, failure }
    }
    deliveries.unshift({
      exportId: deliveries.length + 1,
      preset,
      at: AS_OF,
      asOf: AS_OF,
      target: '/home/ana/exports/1',
      records: 135,
      failed: 0,
    })
    const written = {
      folder: '/home/ana/exports/1',
      files: [{ name: 'company.csv', rows: 50, bytes: 4096, sha256: 'ab'.repeat(32) }],
      cellsMadeHarmless: 1,
      created: 123,
      updated: 12,
      unchanged: 0,
      held: 1,
      coolingDown: 3,
    }
    return { preset, folder: written.folder, written, failure: null }
  }
  return {
    'export.presets': async () => ({
      presets: PRESETS.map(preset => {
        const last = deliveries.find(known => known.preset === preset)
        return {
          preset,
          title: preset === 'hubspot' ? 'HubSpot' : preset.charAt(0).toUpperCase() + preset.slice(1),
          files: [
            { name: `${preset}_companies.csv`, object: 'company' as const, title: 'Companies', note: 'Comes first.' },
          ],
          workspaceAs: WORKSPACE_AS[preset],
          lastExport: last === undefined ? null : { at: last.at, records: last.records },
        }
      }),
    }),
    'export.dryRunEach': async ({ wishes }) => ({ answers: wishes.map(tried) }),
    'export.deliverEach': async ({ wishes }) => ({ results: wishes.map(({ preset }) => resultOf(preset)) }),
    'export.errors': async ({ preset }) => {
      const found = deliveries.findIndex(known => known.preset === preset)
      const delivery = deliveries[found]
      if (delivery !== undefined) deliveries[found] = { ...delivery, failed: 1 }
      return {
        rows: 2,
        matched: 1,
        unmatched: 1,
        failed: [{ object: 'person', key: 'u_3', unitId: 'ws_0001', message: 'EMAIL_INVALID' }],
      }
    },
    'export.deliveries': async () => ({ deliveries: [...deliveries] }),
  }
}
