/** Alerts that somebody has seen. What an alert says is worked out from the scores; its id is the same as long as it is. */
export const up = `
  CREATE TABLE seen_alert (
    alert_id TEXT PRIMARY KEY,
    seen_at  INTEGER NOT NULL -- ms since epoch, UTC
  ) STRICT, WITHOUT ROWID;
`
