import { id, number, text, word } from '../column.ts'
import { type CrmFile, ruled } from './crm-file.ts'
import type { PresetOptions } from './preset-options.ts'
import { companyName, contactFields, filledIn, lastName, ownerId, RATINGS, whyNoOwnerId } from './salesforce-fields.ts'

const WIZARD = { maxRows: 49_999, maxBytes: 100 * 1024 * 1024 } as const
const LONGEST_TEXT = 32_000
/** Name of the file, without ending. */
export const WIZARD_NAME = 'salesforce_leads_wizard'

/**
 * Leads for the Data Import Wizard, by its labels.
 *
 * Source: docs/methods/export.md, "Salesforce".
 */
export function wizardFile({ leadStatus }: PresetOptions): CrmFile<'person'> {
  return {
    name: WIZARD_NAME,
    object: 'person',
    title: 'Leads for the Import Wizard',
    takes: 'create',
    ...WIZARD,
    note: 'Data Import Wizard, leads, matched by email. Either this file or the one for the Data Loader.',
    placeholders: row => filledIn(row, true),
    columns: [
      ruled(
        text('First Name', ({ firstName }) => firstName),
        { maxLength: 40 },
      ),
      ruled(text('Last Name', lastName), { isRequired: true, maxLength: 80 }),
      ruled(text('Company', companyName), { isRequired: true, maxLength: 255 }),
      ...contactFields(),
      text('Lead Source', ({ best }) => best.signupSource),
      text('Lead Status', () => leadStatus),
      word('Rating', ({ best }) => RATINGS[best.stage]),
      number('No. of Employees', ({ company }) => company?.employees),
      ruled(
        text('Industry', ({ company }) => company?.industry),
        { maxLength: 40 },
      ),
      ruled(
        text('Country', ({ company }) => company?.country),
        { maxLength: 80 },
      ),
      ruled(
        text('Description', ({ best }) => best.reasonLine),
        { maxLength: LONGEST_TEXT },
      ),
      ruled(
        id('Record Owner', ({ best }) => ownerId(best.owner)),
        { isOwner: true, whyEmpty: ({ best }) => whyNoOwnerId(best.owner) },
      ),
    ],
  }
}
