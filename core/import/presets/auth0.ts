import type { SourcePreset } from './preset.ts'
import { workspaceKeys } from './workspace-keys.ts'

/** Auth0: the bulk export of users. An id is `provider|id`, so that one person may have several. */
export const AUTH0: SourcePreset = {
  name: 'auth0',
  shapes: [
    {
      title: 'Auth0 users',
      marks: [
        ['user_id', 'Id'],
        ['email', 'Email'],
        [
          'logins_count',
          'last_login',
          'last_ip',
          'identities',
          'identities[0].connection',
          'app_metadata',
          'Connection',
        ],
      ],
      values: { user_id: '^[^|]+\\|.+' },
      tables: [
        {
          table: 'users',
          fields: {
            user_id: ['user_id', 'Id'],
            primary_email: ['email'],
            name: ['name', 'nickname'],
            phone: ['phone_number'],
            sso_subject: ['user_id', 'Id'],
            sso_provider: ['identities[0].connection', 'identities.0.connection', 'Connection'],
            workspace_id: [...workspaceKeys('app_metadata'), ...workspaceKeys('user_metadata')],
            product_role: ['app_metadata.role'],
            created_at: ['created_at', 'Created At'],
            last_active_at: ['last_login', 'Last Login'],
            email_verified: ['email_verified', 'Email Verified'],
          },
        },
      ],
    },
  ],
}
