import { toolsOfAccounts } from '../account-companies.ts'
import type { Desk } from './desk.ts'
import type { Room } from './room.ts'

const byDesk = new WeakMap<Desk, (accountId: string) => readonly string[]>()

/** Names of the CRMs and billing tools that a row of accounts was read from; empty where it is from tables of one's own alone. */
export function toolsOf({ db, desk }: Pick<Room, 'db' | 'desk'>, accountId: string): readonly string[] {
  const known = byDesk.get(desk) ?? toolsOfAccounts(db)
  byDesk.set(desk, known)
  return known(accountId)
}
