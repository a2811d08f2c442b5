import type { SourcePreset } from './preset.ts'
import { workspaceKeys } from './workspace-keys.ts'

const GROUPS = ['workspace', 'organization', 'company', 'account', 'team', 'tenant', 'project']
const PLACES = [0, 1, 2, 3, 4]

/**
 * PostHog: events and persons of a batch export. A distinct id is the product's own user id once somebody is identified,
 * which is what joins with its tables; the person's id changes with merges and stays a custom field.
 */
export const POSTHOG: SourcePreset = {
  name: 'posthog',
  shapes: [
    {
      title: 'PostHog events',
      marks: [
        ['event'],
        ['distinct_id'],
        ['timestamp'],
        ['uuid', 'elements_chain', 'person_id', 'person_properties', 'properties.$lib', 'team_id'],
      ],
      tables: [
        {
          table: 'events',
          fields: {
            event_id: ['uuid'],
            event_name: ['event'],
            timestamp: { from: ['timestamp', 'created_at'], timeZone: 'UTC' },
            workspace_id: [
              ...GROUPS.map(group => `properties.$groups.${group}`),
              ...workspaceKeys('properties'),
              ...PLACES.flatMap(place => [`properties.$group_${place}`, `$group_${place}`]),
            ],
            user_id: ['properties.$user_id', 'distinct_id'],
            anonymous_id: ['properties.$anon_distinct_id', 'properties.$device_id'],
            session_id: ['properties.$session_id'],
            source: ['properties.$lib'],
            ip: ['properties.$ip', 'ip'],
            event_properties: ['properties'],
          },
        },
        {
          table: 'users',
          isAside: true,
          needs: ['primary_email'],
          whenFilled: 'primary_email',
          fields: {
            user_id: ['properties.$user_id', 'distinct_id'],
            primary_email: ['person_properties.email', 'person_properties.$email', 'person.properties.email'],
            name: ['person_properties.name', 'person.properties.name'],
            job_title: ['person_properties.title', 'person_properties.job_title'],
            product_role: ['person_properties.role'],
            workspace_id: workspaceKeys('person_properties'),
          },
        },
      ],
    },
    {
      title: 'PostHog persons',
      marks: [
        ['distinct_id', 'distinct_ids', 'distinct_ids.0'],
        ['person_id', 'is_deleted', 'is_identified', 'person_version'],
        ['properties', 'properties.email', 'email', 'created_at'],
      ],
      without: ['event', 'timestamp'],
      tables: [
        {
          table: 'users',
          when: [{ path: 'is_deleted', in: ['', 'false', '0'] }],
          fields: {
            user_id: { from: ['distinct_id', 'distinct_ids.0', 'distinct_ids'], ignore: ['Note:'] },
            primary_email: ['properties.email', 'properties.$email', 'email'],
            name: ['properties.name', 'name'],
            job_title: ['properties.title', 'properties.job_title'],
            product_role: ['properties.role'],
            company_name: ['properties.company', 'properties.company_name'],
            created_at: { from: ['created_at'], timeZone: 'UTC' },
            workspace_id: workspaceKeys('properties'),
          },
        },
      ],
    },
  ],
}
