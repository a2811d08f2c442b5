import * as z from 'zod'
import { type ChecklistRow, scoringModel } from './model.ts'

const row = z.strictObject({
  /** A rollup of docs/methods/features.md. */
  signal: z.string().min(1),
  weight: z.number(),
  threshold: z.number(),
}) satisfies z.ZodType<ChecklistRow>

const { timeZone, loop, roles, fit, milestones, activation, rollups, taxonomy } = scoringModel.shape

/** The second kind of model: weights of rollups that reach a threshold. What rollups and rules rest on is as in the first. */
export const checklistModel = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.int().positive(),
    kind: z.literal('checklist'),
    name: z.string().min(1).max(120).default('Unnamed'),
    timeZone,
    rows: z.array(row).min(1),
    stages: z
      .strictObject({ warm: z.number(), pql: z.number(), hot: z.number() })
      .default({ warm: 50, pql: 60, hot: 80 }),
    loop,
    roles,
    fit,
    milestones,
    activation,
    rollups,
    taxonomy,
  })
  .superRefine(({ rows, stages }, context) => {
    const seen = new Set<string>()
    for (const [i, { signal }] of rows.entries()) {
      if (seen.has(signal))
        context.addIssue({ code: 'custom', path: ['rows', i, 'signal'], message: `${signal} is listed twice` })
      seen.add(signal)
    }
    if (!(stages.warm <= stages.pql && stages.pql <= stages.hot))
      context.addIssue({ code: 'custom', path: ['stages'], message: 'stages must rise: warm <= pql <= hot' })
  })
export type ChecklistModel = Readonly<z.output<typeof checklistModel>>
