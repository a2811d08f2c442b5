import type { SourcePreset } from './preset.ts'

/**
 * Zendesk: users of the API and of the full export. `external_id` is the product's own user id where somebody filled it; `organization_id` names an
 * organisation of Zendesk, never a workspace of the product. Staff (`agent`, `admin`) are nobody's customers.
 */
export const ZENDESK: SourcePreset = {
  name: 'zendesk',
  shapes: [
    {
      title: 'Zendesk users',
      marks: [['id'], ['url'], ['email'], ['role'], ['external_id'], ['organization_id']],
      values: { url: '^https://[^/]+/api/v2/users/' },
      tables: [
        {
          table: 'contacts',
          when: [{ path: 'role', in: ['end-user'] }],
          fields: { contact_id: ['id'], email: ['email'], name: ['name'], user_id: ['external_id'] },
        },
      ],
    },
  ],
}
