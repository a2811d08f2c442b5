import type { SourcePreset } from './preset.ts'

const NOT_READ_BACK =
  'PQL Workbench wrote it; changes in it are not read back. Held rows that were corrected, decisions, and the error files of a CRM are'

/** Lists and tables that the program writes: read again, scores would feed scores. */
export const OWN_LISTS: SourcePreset = {
  name: 'pql-workbench',
  shapes: [
    {
      title: 'A routing list of PQL Workbench',
      marks: [['unit_id'], ['pql_score'], ['pql_stage'], ['listed_as'], ['next_best_action'], ['model_hash']],
      why: NOT_READ_BACK,
      tables: [],
    },
    {
      title: 'Scores of PQL Workbench',
      marks: [['unit_id'], ['pql_score'], ['pql_stage'], ['suppressed_by'], ['pql_last_changed_at'], ['model_hash']],
      why: NOT_READ_BACK,
      tables: [],
    },
    {
      title: 'Score lines of PQL Workbench',
      marks: [['unit_id'], ['signal'], ['bucket'], ['points_before_cap'], ['points_after_decay'], ['final_points']],
      why: NOT_READ_BACK,
      tables: [],
    },
    {
      title: 'Suppressed units of PQL Workbench',
      marks: [['channel'], ['unit_id'], ['unit_name'], ['reasons'], ['pql_score'], ['destination']],
      why: NOT_READ_BACK,
      tables: [],
    },
  ],
}
