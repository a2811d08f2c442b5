import type { SourcePreset } from './preset.ts'

const YES = { true: 'true', 1: 'true' }
const NO = { false: 'false', 0: 'false' }

/** Intercom: contacts of the API. `external_id` is the product's own user id; leads have none. */
export const INTERCOM: SourcePreset = {
  name: 'intercom',
  shapes: [
    {
      title: 'Intercom contacts',
      marks: [
        ['id'],
        ['email'],
        ['external_id'],
        ['unsubscribed_from_emails'],
        ['marked_email_as_spam', 'workspace_id'],
      ],
      tables: [
        {
          table: 'contacts',
          fields: {
            contact_id: ['id'],
            email: ['email'],
            name: ['name'],
            owner: ['owner_id'],
            user_id: ['external_id'],
            opted_out: {
              from: [
                { path: 'unsubscribed_from_emails', values: YES },
                { path: 'marked_email_as_spam', values: YES },
                { path: 'unsubscribed_from_emails', values: NO },
              ],
            },
            last_contacted_at: ['last_contacted_at'],
          },
        },
      ],
    },
  ],
}
