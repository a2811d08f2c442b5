import type { SourcePreset } from './preset.ts'

/** WorkOS: lists of the API. `external_id` is the product's own user id where it keeps one: then a mapping should read it. */
export const WORKOS: SourcePreset = {
  name: 'workos',
  shapes: [
    {
      title: 'WorkOS organization memberships',
      marks: [['organization_id'], ['user_id'], ['role', 'role.slug'], ['status']],
      values: { id: '^om_' },
      tables: [
        {
          table: 'memberships',
          when: [{ path: 'status', in: ['', 'active'] }],
          fields: {
            user_id: ['user_id'],
            workspace_id: ['organization_id'],
            role: ['role.slug', 'role'],
            joined_at: ['created_at'],
          },
        },
      ],
    },
    {
      title: 'WorkOS users',
      marks: [['id'], ['email'], ['email_verified', 'last_sign_in_at', 'profile_picture_url', 'external_id']],
      values: { id: '^user_' },
      tables: [
        {
          table: 'users',
          fields: {
            user_id: ['id'],
            primary_email: ['email'],
            name: { from: ['first_name', 'last_name'], combine: 'join' },
            sso_subject: ['id'],
            email_verified: ['email_verified'],
            locale: ['locale'],
            created_at: ['created_at'],
            last_active_at: ['last_sign_in_at'],
          },
        },
      ],
    },
    {
      title: 'WorkOS organizations',
      marks: [
        ['id'],
        ['name'],
        ['domains', 'allow_profiles_outside_organization', 'domains.0.domain', 'stripe_customer_id'],
      ],
      values: { id: '^org_' },
      tables: [
        {
          table: 'workspaces',
          fields: {
            workspace_id: ['id'],
            workspace_name: ['name'],
            workspace_primary_domain: ['domains.0.domain'],
            billing_entity_id: ['stripe_customer_id'],
            created_at: ['created_at'],
          },
        },
      ],
    },
  ],
}
