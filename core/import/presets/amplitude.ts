import type { SourcePreset } from './preset.ts'
import { workspaceKeys } from './workspace-keys.ts'

const GROUPS = ['workspace', 'organization', 'org', 'company', 'account', 'team', 'tenant']

/** Amplitude: events of the export API, one JSON object per line; times are UTC without saying so. */
export const AMPLITUDE: SourcePreset = {
  name: 'amplitude',
  shapes: [
    {
      title: 'Amplitude events',
      marks: [
        ['event_type'],
        ['event_time', 'client_event_time'],
        ['amplitude_id', '$insert_id'],
        ['event_properties', 'user_properties', 'device_id'],
      ],
      tables: [
        {
          table: 'events',
          fields: {
            event_id: ['$insert_id', 'uuid'],
            event_name: ['event_type'],
            timestamp: { from: ['event_time', 'client_event_time'], timeZone: 'UTC' },
            workspace_id: [
              ...GROUPS.flatMap(group => [`groups.${group}`, `groups.${group}_id`]),
              ...workspaceKeys('event_properties'),
              ...workspaceKeys('user_properties'),
            ],
            user_id: ['user_id'],
            device_id: ['device_id'],
            session_id: { from: ['session_id'], ignore: ['-1'] },
            source: ['platform'],
            ip: ['ip_address'],
            event_properties: ['event_properties'],
          },
        },
        {
          table: 'users',
          isAside: true,
          when: [{ path: 'user_id', isFilled: true }],
          needs: ['primary_email'],
          whenFilled: 'primary_email',
          fields: {
            user_id: ['user_id'],
            primary_email: ['user_properties.email', 'user_properties.Email', 'user_properties.$email'],
            name: ['user_properties.name', 'user_properties.Name'],
            job_title: ['user_properties.title', 'user_properties.job_title'],
            product_role: ['user_properties.role'],
            device_id: ['device_id'],
            workspace_id: workspaceKeys('user_properties'),
          },
        },
      ],
    },
  ],
}
