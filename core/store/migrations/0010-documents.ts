/**
 * What people keep beside the data: scenarios, views of the scores, and the draft of a model that is being written. A draft is
 * a text as it was left: it need not be JSON yet.
 */
export const up = `
  CREATE TABLE document (
    document_id INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('scenario', 'view', 'model draft')),
    name        TEXT NOT NULL,
    content     TEXT NOT NULL,
    created_at  INTEGER NOT NULL, -- ms since epoch, UTC
    updated_at  INTEGER NOT NULL -- ms since epoch, UTC
  ) STRICT;
  CREATE INDEX document_by_kind ON document (kind, document_id);
`
