import type { SourcePreset } from './preset.ts'

/** Clerk: the file of users, which holds password digests, and organization memberships of the API. */
export const CLERK: SourcePreset = {
  name: 'clerk',
  shapes: [
    {
      title: 'Clerk users',
      marks: [
        ['id'],
        ['primary_email_address'],
        ['password_digest', 'password_hasher', 'totp_secret', 'verified_email_addresses', 'primary_phone_number'],
      ],
      tables: [
        {
          table: 'users',
          fields: {
            user_id: ['id'],
            primary_email: ['primary_email_address'],
            name: { from: ['first_name', 'last_name'], combine: 'join' },
            phone: ['primary_phone_number'],
            created_at: ['created_at'],
            last_active_at: ['last_sign_in_at'],
          },
        },
      ],
    },
    {
      title: 'Clerk organization memberships',
      marks: [['organization.id', 'organization_id'], ['public_user_data.user_id'], ['role']],
      tables: [
        {
          table: 'memberships',
          fields: {
            user_id: ['public_user_data.user_id'],
            workspace_id: ['organization.id', 'organization_id'],
            role: { from: ['role'], values: { 'org:admin': 'admin', 'org:member': 'member' } },
            joined_at: ['created_at'],
          },
        },
      ],
    },
  ],
}
