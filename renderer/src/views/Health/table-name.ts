import { words } from '../../ui/format.ts'

/** `crm_users` as `CRM users`. */
export function tableName(table: string): string {
  return words(table).replace('Crm', 'CRM')
}
