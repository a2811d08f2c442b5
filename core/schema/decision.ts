/** A record of the outside world, named by its natural key. */
export type RecordRef = Readonly<{ object: 'user' | 'workspace' | 'account' | 'contact'; key: string }>

/** What a person decided about identity. `must_link` of two workspaces: they are one unit. */
export type Decision = Readonly<{ id: string; type: 'must_link'; a: RecordRef; b: RecordRef }>
