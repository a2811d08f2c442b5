/** A small export that scores: two people, two workspaces, six events. */
export const EXPORT: Readonly<Record<string, string>> = {
  'in/users.csv': `user_id,primary_email,seniority
u1,ada@acme.com,manager
u2,ben@acme.com,
`,
  'in/workspaces.csv': `workspace_id,workspace_name,created_at,owner_user_id
w1,Acme,2026-05-01,u1
w2,Initech,2026-05-02,
`,
  'in/events.csv': `event_id,event_name,timestamp,workspace_id,user_id
e1,key_action_completed,2026-05-20T10:00:00Z,w1,u1
e2,login,2026-05-21T10:00:00Z,w1,u2
e3,upgrade_click,2026-05-22T10:00:00Z,w1,u2
e4,invite_sent,2026-05-22T11:00:00Z,w2,u1
e5,page,2026-05-23T10:00:00Z,w2,
e6,page,2026-05-23T10:00:00Z,nowhere,u1
`,
}

export const RUN = ['run', 'in', '--project', 'p.pql', '--out', 'out'] as const
