import type { Client, Output } from '#contract/contract'
import { addedCounts } from '#contract/held-counts'
import { forgetEdits } from './held-edits.ts'
import { forgetFix, type HeldChange } from './held-fix.ts'
import { reloadHeld, useHeldRows } from './held-rows.ts'
import { loadImports } from './imports.ts'
import { runJob } from './jobs.ts'
import { refreshSummary } from './project.ts'

export type HeldDone = Output<'held.fix'>['done']

/** Makes a change and shows what is held then. */
export async function applyHeldChange(client: Client, change: HeldChange): Promise<Output<'held.fix'>> {
  const result = await runJob('Fix held rows', options => client['held.fix']({ change }, options))
  if (change.kind === 'edits') forgetEdits()
  forgetFix()
  await refreshHeld(client)
  return result
}

/**
 * Does all again that was done before about rows that are shown, rule by rule: each is a change of its own. What was done stays where a later
 * one fails or is cancelled.
 */
export async function applyAllKnown(client: Client): Promise<Output<'held.fix'>> {
  const { known } = useHeldRows.getState()
  const results: Output<'held.fix'>[] = []
  try {
    await runJob('Fix held rows', async options => {
      for (const { importId, code, column, effect } of known) {
        const change = { kind: 'known' as const, importId, code, column, effect }
        results.push(await client['held.fix']({ change }, options))
      }
    })
  } finally {
    forgetFix()
    await refreshHeld(client)
  }
  return results.reduce((sum, { outcome, done }) => ({
    outcome: { ...sum.outcome, ...addedCounts(sum.outcome, outcome) },
    done: [...sum.done, ...done],
  }))
}

/** Takes a change back: the imports it made, last first, and what it did without one. */
export async function undoHeldChange(client: Client, done: HeldDone): Promise<void> {
  await runJob('Undo a fix of held rows', async options => {
    for (const { fixId, importId } of done.toReversed()) {
      if (importId === null) await client['held.undo']({ fixId }, options)
      else await client['import.undo']({ importId }, options)
    }
  })
  forgetFix()
  await refreshHeld(client)
}

/** Everything that shows how many rows are held. */
export async function refreshHeld(client: Client): Promise<void> {
  await Promise.all([reloadHeld(client), loadImports(client), refreshSummary(client)])
}
