import * as z from 'zod'
import type { Method } from '../method.ts'
import { count, level, nothing, token } from './shared.ts'

const fileEntry = z.strictObject({ name: z.string(), rows: count })

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
} as const satisfies Record<string, Method>
