import * as z from 'zod'
import type { Method } from '../method.ts'
import { count, instant, level, nothing, staleBecause, token } from './shared.ts'

const preset = z.enum(['hubspot', 'salesforce', 'attio', 'generic'])
const workspaceAs = z.enum(['object', 'company', 'contact'])
/** How a preset is written. */
const wish = {
  preset,
  /** Only what changed since the last export of the preset. */
  delta: z.boolean().default(false),
  /** Also tasks, deals and notes that were handed over before: their import would double them. */
  again: z.boolean().default(false),
  /** Days in which nobody gets a second task for a workspace. */
  coolDownDays: z.int().min(0).max(3650).default(14),
  /** Where the fields of a workspace go: to an object of its own, to its company, or to its contacts; missing: as the CRM has it. */
  workspaceAs: workspaceAs.optional(),
  /** Salesforce: what people become that it does not have. */
  leadsAs: z.enum(['lead', 'contact']).default('lead'),
  pipeline: z.string().min(1).max(200).default('Sales Pipeline'),
  dealStage: z.string().min(1).max(200).default('Appointment Scheduled'),
  leadStatus: z.string().min(1).max(200).default('Open - Not Contacted'),
}
const object = z.enum(['company', 'person', 'user', 'workspace', 'deal', 'task', 'note', 'hand_off'])

/** What a person should see before a record is handed over. */
const finding = z.enum([
  'without_owner',
  'over_limit',
  'unknown_option',
  'missing_required',
  'placeholder',
  'matched_twice',
  /** Another record has its domain, address or id in the CRM, and stands for it. */
  'same_key',
  /** The CRM has a company of its name that it is not matched with. */
  'same_name',
  /** The imported CRM has it under an id that is none of this CRM's. */
  'foreign_id',
  'cooling_down',
])

const fileEntry = z.strictObject({ name: z.string(), rows: count })

/** What a dry run came to. */
const tried = z.strictObject({
  preset,
  runId: count,
  /** Workspaces that the CRM gets anything of. */
  units: count,
  /** Workspaces that it gets nothing of, by where they go: `review` or `none`. */
  leftOut: z.array(z.strictObject({ destination: z.string(), units: count })),
  objects: z.array(
    z.strictObject({
      object,
      title: z.string(),
      create: count,
      update: count,
      /** Handed over before, and not changed since. */
      unchanged: count,
      /** They lack what the CRM asks for. */
      held: count,
      /** The CRM has it more than once. */
      matchedTwice: count,
      withoutOwner: count,
      overLimit: count,
      unknownOption: count,
      /** New to the CRM, and nobody is to work them: they are not made there. */
      notHandedOver: count,
      files: z.array(z.string()),
    }),
  ),
  /** Tasks, deals and notes that wait, since somebody got a task for the workspace lately. */
  coolingDown: count,
  cellsMadeHarmless: count,
  files: z.array(fileEntry),
  /** The first 60 of each sort, 500 in all. */
  findings: z.array(
    z.strictObject({
      kind: finding,
      object,
      key: z.string(),
      unitId: z.string(),
      /** What is one sort of its kind: the column, or what was filled in. */
      about: z.string().optional(),
      text: z.string(),
    }),
  ),
  findingsTotal: count,
  /** How many there are of each sort, also of those that are not listed. */
  findingSorts: z.array(z.strictObject({ object, kind: finding, about: z.string().optional(), findings: count })),
  /** The beginning of each file. */
  samples: z.array(z.strictObject({ file: z.string(), text: z.string() })),
})

/** What was written. */
const delivered = z.strictObject({
  folder: z.string(),
  files: z.array(z.strictObject({ name: z.string(), rows: count, bytes: count, sha256: z.string() })),
  cellsMadeHarmless: count,
  created: count,
  updated: count,
  unchanged: count,
  held: count,
  coolingDown: count,
})

/** One for each CRM. */
const wishes = z
  .array(z.strictObject(wish))
  .min(1)
  .max(preset.options.length)
  .refine(list => new Set(list.map(own => own.preset)).size === list.length, 'each preset once')

export const exportMethods = {
  /** The files an export of the newest run would write, with their rows. Nothing is written. */
  'export.preview': {
    kind: 'query',
    input: nothing,
    output: z.strictObject({
      channels: z.array(
        z.strictObject({ channel: z.string(), rows: count, sample: z.array(z.record(z.string(), z.string())) }),
      ),
      files: z.array(fileEntry),
      suppressed: z.array(z.strictObject({ reason: z.string(), count })),
    }),
  },
  /** What has changed since the newest run of a level was made, of which an export would be; empty: it is current. */
  'export.staleness': {
    kind: 'query',
    input: z.strictObject({ level: level.default('workspace') }),
    output: z.strictObject({ staleBecause }),
  },
  /** Refuses a folder in which an export would have to replace files that are not its own. Nothing is written. */
  'export.check': {
    kind: 'query',
    input: z.strictObject({ target: token, overwrite: z.boolean().default(false) }),
    output: nothing,
  },
  /** Writes the lists and ledgers of the newest run of a level into a folder that the host handed out. */
  'export.run': {
    kind: 'job',
    input: z.strictObject({
      target: token,
      overwrite: z.boolean().default(false),
      level: level.default('workspace'),
    }),
    output: z.strictObject({
      folder: z.string(),
      files: z.array(z.strictObject({ name: z.string(), rows: count, bytes: count, sha256: z.string() })),
      cellsMadeHarmless: count,
    }),
  },
  /** The CRMs that files can be made for, and what was handed over to each. */
  'export.presets': {
    kind: 'query',
    input: nothing,
    output: z.strictObject({
      presets: z.array(
        z.strictObject({
          preset,
          title: z.string(),
          /** In the order in which they are to be imported; `note` says how. */
          files: z.array(
            z.strictObject({ name: z.string(), object: object.nullable(), title: z.string(), note: z.string() }),
          ),
          /** Where the fields of a workspace go unless somebody chooses; null: there is nothing to choose. */
          workspaceAs: workspaceAs.nullable(),
          lastExport: z.strictObject({ at: instant, records: count }).nullable(),
        }),
      ),
    }),
  },
  /** What an export of a preset would come to, against what the project knows of the CRM. Nothing is written. */
  'export.dryRun': { kind: 'job', input: z.strictObject(wish), output: tried },
  /** The same for several CRMs, one after the other, of the same units. */
  'export.dryRunEach': {
    kind: 'job',
    input: z.strictObject({ wishes }),
    output: z.strictObject({ answers: z.array(tried) }),
  },
  /** Writes the files of a preset into a folder, and keeps what was handed over: a second export makes no second task or deal. */
  'export.deliver': {
    kind: 'job',
    input: z.strictObject({ target: token, overwrite: z.boolean().default(false), ...wish }),
    output: delivered,
  },
  /**
   * The same for several CRMs, each into a folder of its own below the target (one alone into the target itself). One that fails leaves its
   * folder as it was, and the others are written; fails where none is.
   */
  'export.deliverEach': {
    kind: 'job',
    input: z.strictObject({ target: token, overwrite: z.boolean().default(false), wishes }),
    output: z.strictObject({
      results: z.array(
        z.strictObject({
          preset,
          folder: z.string(),
          /** Null: nothing was written, for the reason in `failure`. */
          written: delivered.nullable(),
          failure: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
        }),
      ),
    }),
  },
  /** Marks the records of a file that a CRM sent back with its errors: they count as not handed over, and come with the next export. */
  'export.errors': {
    kind: 'job',
    input: z.strictObject({ source: token, preset }),
    output: z.strictObject({
      rows: count,
      /** Rows that are known, as they were written. */
      matched: count,
      unmatched: count,
      /** The first 500. */
      failed: z.array(z.strictObject({ object: z.string(), key: z.string(), unitId: z.string(), message: z.string() })),
    }),
  },
  /** Exports of presets, newest first. */
  'export.deliveries': {
    kind: 'query',
    input: nothing,
    output: z.strictObject({
      deliveries: z.array(
        z.strictObject({
          exportId: count,
          preset,
          at: instant,
          asOf: instant,
          target: z.string(),
          records: count,
          failed: count,
        }),
      ),
    }),
  },
} as const satisfies Record<string, Method>
