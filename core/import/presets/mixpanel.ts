import type { SourcePreset } from './preset.ts'
import { workspaceKeys } from './workspace-keys.ts'

/** Mixpanel: raw events and user profiles. Projects made before 2023 keep the time of their own zone as if it were UTC. */
export const MIXPANEL: SourcePreset = {
  name: 'mixpanel',
  shapes: [
    {
      title: 'Mixpanel events',
      marks: [
        ['event'],
        ['properties.distinct_id'],
        ['properties.time'],
        ['properties.$insert_id', 'properties.mp_processing_time_ms', 'properties.mp_lib', 'properties.$device_id'],
      ],
      tables: [
        {
          table: 'events',
          fields: {
            event_id: ['properties.$insert_id'],
            event_name: ['event'],
            timestamp: ['properties.time'],
            workspace_id: [...workspaceKeys('properties'), 'properties.workspace', 'properties.company'],
            user_id: { from: ['properties.$user_id', 'properties.distinct_id'], ignore: ['$device:'] },
            anonymous_id: ['properties.$device_id'],
            source: ['properties.mp_lib'],
            ip: ['properties.ip', 'properties.$ip'],
            event_properties: ['properties'],
          },
        },
      ],
    },
    {
      title: 'Mixpanel profiles',
      marks: [
        ['$distinct_id'],
        ['$properties.$email', '$properties.$name', '$properties.$last_seen', '$email', '$last_seen'],
      ],
      tables: [
        {
          table: 'users',
          fields: {
            user_id: { from: ['$distinct_id'], ignore: ['$device:'] },
            primary_email: ['$properties.$email', '$email'],
            name: ['$properties.$name', '$name'],
            phone: ['$properties.$phone', '$phone'],
            product_role: ['$properties.role'],
            company_name: ['$properties.company', '$properties.company_name'],
            created_at: { from: ['$properties.$created', '$created'], timeZone: 'UTC' },
            last_active_at: { from: ['$properties.$last_seen', '$last_seen'], timeZone: 'UTC' },
            workspace_id: workspaceKeys('$properties'),
          },
        },
      ],
    },
  ],
}
