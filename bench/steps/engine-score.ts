import type { Client, Output } from '#contract/contract'
import { newestRun, openProject, readCellsOfKinds } from '#store'
import { withEngine } from '../engine-session.ts'
import type { Prepare, StepArgs } from '../step.ts'

/** Scores a project that holds no cells yet. */
export const score: Prepare = args => ({
  runs: {
    run: async () => {
      const { units, cellsReused } = await scored(args)
      if (cellsReused) throw new Error('the project had cells already: this is no score from scratch')
      return { rows: units }
    },
  },
})

/** Scores a project whose newest run has no cells, as after a migration that drops them. */
export const ensureCells: Prepare = args => ({
  runs: { run: async () => (hasCells(args) ? {} : { rows: (await scored(args)).units }) },
})

function hasCells({ project: path = '' }: StepArgs): boolean {
  const project = openProject(path)
  const run = newestRun(project.db)
  const cells = run === null ? null : readCellsOfKinds(project.db, run.cellsKey, [])
  project.close()
  return cells !== null
}

/** Scores the same project again, from the cells it keeps. */
export const rescore: Prepare = args => ({
  runs: {
    run: async () => {
      const { units, cellsReused } = await scored(args)
      if (!cellsReused) throw new Error('the cells were built again: this is no re-score')
      return { rows: units }
    },
  },
})

/** Writes every list and ledger of the newest run. */
export const exportAll: Prepare = args => ({
  runs: {
    run: async () => {
      const target = args['out'] ?? ''
      const { files } = await inProject(args, client => client['export.run']({ target, overwrite: true }))
      return {
        rows: files.reduce((sum, file) => sum + file.rows, 0),
        bytes: files.reduce((sum, file) => sum + file.bytes, 0),
      }
    },
  },
})

async function scored(args: StepArgs): Promise<Output<'score.run'>> {
  return await inProject(args, client => client['score.run']({}))
}

async function inProject<T>({ project = '' }: StepArgs, work: (client: Client) => Promise<T>): Promise<T> {
  return await withEngine(async client => {
    await client['project.open']({ source: project })
    return await work(client)
  })
}
