import type { CrmRun } from './crm-file.ts'
import type { StepFile } from './step-file.ts'

/**
 * pql.json: the units that are handed over, each with its company, people, tasks, notes and texts; a JSON array, one unit per line.
 *
 * @param run what all records have in common
 *
 * Source: docs/methods/export.md, "Generic".
 */
export function genericJson(run: CrmRun): StepFile {
  return {
    name: 'pql',
    ending: 'json',
    title: 'Everything',
    note: 'One JSON array; texts are as they are in the data.',
    frame: { open: '[\n', between: ',\n', close: '\n]\n' },
    recordsOf: ({ unit, company, people, hasWorkspace, dealKey, tasks, notes, handOffs }) => {
      const isNew = hasWorkspace || dealKey !== null || tasks.length + notes.length + handOffs.length > 0
      if (!isNew) return []
      return [
        JSON.stringify({
          workspace_id: unit.unitId,
          name: unit.name,
          as_of: run.asOf,
          model: run.model,
          pql_score: unit.score,
          pql_stage: unit.stage,
          reasons: unit.reasons,
          destination: unit.destination,
          channels: unit.channels,
          rule: unit.ruleId,
          owner: unit.owner === null ? null : { id: unit.owner.id, email: unit.owner.email, name: unit.owner.name },
          owner_team: unit.ownerTeam,
          company:
            company === null
              ? null
              : {
                  account_id: company.accountId,
                  name: company.name,
                  domain: company.website,
                  pqa_score: company.best.score,
                },
          people: people.map(({ personId, name, email, title, part }) => ({
            person_id: personId,
            name,
            email,
            title,
            part,
          })),
          deal_key: dealKey,
          tasks: tasks.map(([key, { channel, title, due, body }]) => ({ key, channel, title, due, body })),
          notes: notes.map(([key, { kind, title, body }]) => ({ key, kind, title, body })),
          hand_offs: handOffs.map(({ channel, title, due, body }) => ({ channel, title, due, body })),
        }),
      ]
    },
  }
}
