/** State of the imported data alone: a decision does not move it, so that what was worked out from records stays good. */
export const up = `
  ALTER TABLE meta ADD COLUMN record_state TEXT NOT NULL DEFAULT ''; -- hash; empty: nothing was imported
  UPDATE meta SET record_state = data_state;
`
