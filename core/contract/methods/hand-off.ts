import * as z from 'zod'
import type { Method } from '../method.ts'
import { count, nothing } from './shared.ts'

const id = z.enum(['sdr_task', 'lifecycle_email', 'in_app', 'csm_note', 'milestone_note', 'handoff_note'])
const text = z.string().max(20_000)

export const handOffMethods = {
  /** The texts that hand-offs are made of, and the fields that they may name. */
  'handoff.templates': {
    kind: 'query',
    input: nothing,
    output: z.strictObject({
      templates: z.array(z.strictObject({ id, title: z.string(), text: z.string(), isDefault: z.boolean() })),
      fields: z.array(z.strictObject({ name: z.string(), title: z.string() })),
    }),
  },
  /** Keeps texts; null brings the built-in one back. A text that claims what no field says is refused (usage/bad-argument). */
  'handoff.save': {
    kind: 'command',
    input: z.strictObject({
      templates: z
        .array(z.strictObject({ id, text: text.nullable() }))
        .min(1)
        .max(6),
    }),
    output: z.strictObject({ templates: count }),
  },
  /**
   * What texts say of workspaces of the newest scores: of those named, else of the first by score on each channel. Drafts go before the
   * texts that are kept; `problems` says what is wrong with them.
   */
  'handoff.preview': {
    kind: 'query',
    input: z.strictObject({
      unitIds: z.array(z.string()).max(50).default([]),
      templates: z.array(z.strictObject({ id, text })).max(6).default([]),
    }),
    output: z.strictObject({
      problems: z.array(z.strictObject({ id, line: count, message: z.string() })),
      rows: z.array(
        z.strictObject({
          unitId: z.string(),
          unitName: z.string().nullable(),
          channels: z.array(z.string()),
          payloads: z.array(z.strictObject({ id, title: z.string(), text: z.string() })),
        }),
      ),
    }),
  },
} as const satisfies Record<string, Method>
