import type { Output, Parsed } from '#contract/contract'
import { walkTable } from '#store'
import { recordName } from './names.ts'
import type { Room } from './room.ts'

type Found = Output<'identity.find'>

/** Records whose name, address, domain or id has a text; those that begin with it first, each in the order of their keys. */
export function findRecords({ db }: Pick<Room, 'db'>, { object, text, limit }: Parsed<'identity.find'>): Found {
  const wanted = text.trim().toLowerCase()
  const [first, others]: [string[], string[]] = [[], []]
  const look = (key: string, values: readonly (string | null)[]): void => {
    const places = values.map(value => value?.toLowerCase().indexOf(wanted) ?? -1)
    if (places.includes(0)) first.push(key)
    else if (places.some(place => place > 0)) others.push(key)
  }
  if (object === 'user')
    for (const { user_id: id, name, primary_email } of walkTable(db, 'users', ['user_id', 'name', 'primary_email']))
      look(id, [id, name, primary_email])
  else
    for (const row of walkTable(db, 'workspaces', ['workspace_id', 'workspace_name', 'workspace_primary_domain']))
      look(row.workspace_id, [row.workspace_id, row.workspace_name, row.workspace_primary_domain])
  const found = [...first, ...others].slice(0, limit).map(key => recordName(db, object, key))
  return { matching: first.length + others.length, found }
}
