/**
 * Runs that are written unit by unit, and of which old ones are forgotten. What runs kept in the earlier form goes: their
 * heads stay, for the owners and exports that name them, and scoring makes the rest again.
 */
export const up = `
  DELETE FROM run_part;
  DELETE FROM score_page;
  DELETE FROM score_unit;
  -- A draft is being written, or was when the program ended; of a forgotten one nothing but its head is kept.
  ALTER TABLE score_run ADD COLUMN state TEXT NOT NULL DEFAULT 'forgotten' CHECK (state IN ('draft', 'whole', 'forgotten'));
`
