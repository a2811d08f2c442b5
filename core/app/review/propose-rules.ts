import type { Output } from '#contract/contract'
import { csvFile } from '#export'
import { type RuleProposal, ruleProposalSteps } from '#identity'
import { inTurns, type Job } from '../jobs.ts'
import type { OutputFile } from '../output-folder.ts'
import type { Room } from './room.ts'
import { rulesOf } from './rules.ts'

/** Weights that the data suggest. Nothing is changed. */
export async function proposeRules(room: Room, job: Job): Promise<Output<'identity.proposeRules'>> {
  job.report({ phase: 'Estimating weights', done: 0, total: null, unit: 'steps', subject: null })
  await job.turn()
  const { desk, db } = room
  const proposals = await inTurns(ruleProposalSteps(desk.found.joined.details(), desk.settings.weights), job)
  return { hash: rulesOf(db).hash, proposals: [...proposals] }
}

/** weights_proposal.csv: rules that the data would set otherwise. */
export function proposedRulesFile(proposals: readonly RuleProposal[]): OutputFile {
  return csvFile<RuleProposal>({
    name: 'weights_proposal.csv',
    rows: proposals,
    keyOf: ({ id }) => id,
    columns: [
      { name: 'rule', kind: 'text', read: row => row.id },
      { name: 'value', kind: 'plain', read: row => String(row.value) },
      { name: 'proposed', kind: 'plain', read: row => String(row.proposed) },
      { name: 'bits', kind: 'plain', read: row => String(row.bits) },
      { name: 'proposed_bits', kind: 'plain', read: row => String(row.proposedBits) },
      { name: 'pairs', kind: 'plain', read: row => String(row.pairs) },
    ],
  })
}
