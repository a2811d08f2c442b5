import type { SourcePreset } from './preset.ts'

/** Snowplow: the atomic events table. The workspace usually sits in a context of the product's own, which a mapping names. */
export const SNOWPLOW: SourcePreset = {
  name: 'snowplow',
  shapes: [
    {
      title: 'Snowplow events',
      marks: [
        ['event_id'],
        ['collector_tstamp'],
        ['event_name', 'event'],
        ['domain_userid', 'network_userid', 'domain_sessionid', 'app_id'],
      ],
      tables: [
        {
          table: 'events',
          fields: {
            event_id: ['event_id'],
            event_name: ['event_name', 'event'],
            timestamp: { from: ['derived_tstamp', 'dvce_created_tstamp', 'collector_tstamp'], timeZone: 'UTC' },
            workspace_id: ['workspace_id', 'organization_id', 'tenant_id'],
            user_id: ['user_id'],
            anonymous_id: ['domain_userid'],
            device_id: ['network_userid'],
            session_id: ['domain_sessionid'],
            source: ['app_id', 'platform'],
            ip: ['user_ipaddress'],
          },
        },
      ],
    },
  ],
}
