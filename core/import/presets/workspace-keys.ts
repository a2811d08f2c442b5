const NAMES = [
  'workspace_id',
  'organization_id',
  'org_id',
  'tenant_id',
  'team_id',
  'account_id',
  'company_id',
  'group_id',
]

/** Names under which products keep the id of a workspace in JSON, in snake and in camel case, under a path. */
export function workspaceKeys(path: string): readonly string[] {
  return NAMES.flatMap(name => [`${path}.${name}`, `${path}.${camel(name)}`])
}

function camel(name: string): string {
  return name.replace(/_(.)/g, (_all, letter: string) => letter.toUpperCase())
}
