/**
 * Cells kind by kind, in the shape in which they are added up: a re-score reads the kinds that its signals name, and nothing
 * is decoded. Cells of the earlier shape are dropped; they are built again when a score is next asked for.
 */
export const up = `
  DELETE FROM cell_set;
  CREATE TABLE cell_kind (
    cell_set_no INTEGER NOT NULL REFERENCES cell_set (cell_set_no) ON DELETE CASCADE,
    kind_no     INTEGER NOT NULL CHECK (kind_no >= 0), -- position among the kinds of the set
    kind        TEXT NOT NULL, -- '' for events that no taxonomy entry matches
    cells       BLOB NOT NULL, -- days and counts per (unit, person)
    PRIMARY KEY (cell_set_no, kind_no)
  ) STRICT;
`
