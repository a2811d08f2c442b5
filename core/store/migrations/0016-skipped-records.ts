/** Records of a staged file whose key comes again; forgotten when the file is published or discarded. */
export const up = `
  CREATE TABLE skipped_record (
    skipped_no   INTEGER PRIMARY KEY, -- those that say otherwise first, else in the order of the file
    import_id    INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    line         INTEGER NOT NULL CHECK (line >= 1), -- 1-based, of the record's start
    row_key      TEXT NOT NULL CHECK (json_valid(row_key)), -- parts in the order of the table's key; of an event its id, '' without one
    counted_line INTEGER CHECK (counted_line >= 1), -- of the record of the file that counts; NULL for events, which are found by their id
    differs      TEXT NOT NULL CHECK (json_valid(differs)) -- column -> [what it says, what the record says that counts], of those that differ
  ) STRICT;
  CREATE INDEX skipped_record_by_import ON skipped_record (import_id, skipped_no);
`
