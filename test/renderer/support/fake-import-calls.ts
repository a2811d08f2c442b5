import type { Client, MethodName } from '#contract/contract'
import { doubtfulPlan, fakeProver, type Plan } from './fake-board.ts'
import { fakeBatch, fakeHeld, fakePlans, fakeReports } from './fake-imports.ts'
import { work } from './fake-work.ts'

type State = { jobMs: number; isImported: boolean; isDoubtful: boolean; isPending: boolean }

/** The calls of the import room. */
export function importHandlers(state: State): Pick<Client, Extract<MethodName, `import.${string}`>> {
  const plans = (): Plan[] => (state.isDoubtful ? [doubtfulPlan, ...fakePlans] : [...fakePlans])
  return {
    'import.inspect': async (_input, options) => {
      await work(state, options, 'events.jsonl.gz')
      return { files: plans() }
    },
    ...fakeProver(plans),
    'import.compareKeys': async () => ({ doubts: [] }),
    'import.run': async (_input, options) => {
      await work(state, options, 'events.jsonl.gz')
      state.isImported = true
      return { files: [...fakeReports], skipped: [{ file: 'invoice-2026-05.pdf', reason: 'fits no table' }] }
    },
    'import.readMappings': async () => ({ mappings: [] }),
    'import.setMapping': async () => ({ signature: '', plan: fakePlans[0] as (typeof fakePlans)[number] }), // never empty
    'import.mappings': async () => ({ mappings: [] }),
    'import.forgetMapping': async () => ({ wasKnown: false }),
    'import.list': async () => ({ imports: state.isImported ? [...fakeReports] : [] }),
    'import.stage': async (_input, options) => {
      await work(state, options, 'events.jsonl.gz')
      return { ...fakeBatch, files: state.isImported ? [...fakeBatch.files] : fakeBatch.files.map(asNew) }
    },
    'import.diff': async ({ importId, kind }) => ({
      rows: fakeBatch.files.find(file => file.importId === importId)?.samples[kind] ?? [],
      next: null,
    }),
    'import.publish': async (_input, options) => {
      await work(state, options, 'events.jsonl.gz')
      state.isImported = true
      return { files: [...fakeReports], skipped: fakeBatch.skipped }
    },
    'import.discard': async () => {
      state.isPending = false
      return { wasThere: true }
    },
    'import.pending': async () => ({ batch: state.isPending ? fakePending : null }),
    'import.resume': async (_input, options) => {
      await work(state, options, 'events.jsonl.gz')
      return fakeBatch
    },
    'import.undo': async ({ importId }) => {
      const report = fakeReports.find(each => each.importId === importId)
      const { file, table, added, held } = report ?? { file: '', table: 'users' as const, added: 0, held: 0 }
      const isEvents = table === 'events'
      return {
        importId,
        file,
        table,
        takenOut: isEvents ? 0 : added,
        changedBack: 0,
        broughtBack: 0,
        events: isEvents ? added : 0,
        held,
        heldAgain: 0,
      }
    },
    'import.held': async ({ after, limit, importId }) => {
      const file = fakeReports.find(report => report.importId === importId)?.file
      const all = fakeHeld.filter(row => file === undefined || row.file === file)
      return { rows: all.filter(row => row.heldId > after).slice(0, limit), total: all.length }
    },
  }
}

/** Into an empty project: nothing is there that could change. */
const asNew = (file: (typeof fakeBatch)['files'][number]): (typeof fakeBatch)['files'][number] => ({
  ...file,
  new: file.new + file.changed,
  changed: 0,
  overruled: 0,
})

const fakePending = {
  batchId: fakeBatch.batchId,
  mode: fakeBatch.mode,
  begunAt: fakeBatch.begunAt,
  isReady: false,
  files: [
    { file: 'users.csv', table: 'users' as const, bytes: 365_092, state: 'complete' as const, problem: null },
    { file: 'events.jsonl.gz', table: 'events' as const, bytes: 5_470_374, state: 'again' as const, problem: null },
  ],
}
