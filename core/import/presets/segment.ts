import type { SourcePreset } from './preset.ts'
import { workspaceKeys } from './workspace-keys.ts'

const traits = {
  primary_email: ['traits.email', 'context.traits.email'],
  name: ['traits.name', 'traits.full_name', 'context.traits.name'],
  phone: ['traits.phone'],
  job_title: ['traits.title', 'traits.job_title', 'traits.jobTitle'],
  product_role: ['traits.role'],
  company_name: ['traits.company.name', 'traits.company_name', 'traits.companyName'],
  created_at: ['traits.createdAt', 'traits.created_at'],
}

/** Segment: the calls as they are logged to S3, and the tables of a warehouse. */
export const SEGMENT: SourcePreset = {
  name: 'segment',
  shapes: [
    {
      title: 'Segment calls',
      marks: [
        ['messageId'],
        ['type'],
        ['anonymousId', 'userId'],
        ['receivedAt', 'sentAt', 'originalTimestamp', 'context'],
      ],
      tables: [
        {
          table: 'events',
          when: [{ path: 'type', in: ['track', 'page', 'screen'] }],
          fields: {
            event_id: ['messageId'],
            event_name: { from: ['event', { path: 'type', values: { page: 'page', screen: 'screen' } }] },
            timestamp: ['timestamp', 'originalTimestamp', 'sentAt', 'receivedAt'],
            workspace_id: ['context.groupId', ...workspaceKeys('properties'), 'groupId'],
            user_id: ['userId'],
            anonymous_id: ['anonymousId'],
            device_id: ['context.device.id'],
            session_id: ['context.sessionId', 'properties.session_id'],
            source: ['context.library.name'],
            ip: ['context.ip'],
            event_properties: ['properties'],
          },
        },
        {
          table: 'users',
          isAside: true,
          when: [
            { path: 'type', in: ['identify'] },
            { path: 'userId', isFilled: true },
          ],
          fields: {
            user_id: ['userId'],
            anonymous_id: ['anonymousId'],
            workspace_id: ['context.groupId', ...workspaceKeys('traits')],
            ...traits,
          },
        },
        {
          table: 'workspaces',
          isAside: true,
          when: [{ path: 'type', in: ['group'] }],
          fields: {
            workspace_id: ['groupId'],
            workspace_name: ['traits.name'],
            created_at: ['traits.createdAt', 'traits.created_at'],
            plan_tier: ['traits.plan'],
            workspace_primary_domain: ['traits.domain', 'traits.website'],
            seat_count_total: ['traits.seats'],
          },
        },
        {
          table: 'memberships',
          isAside: true,
          when: [
            { path: 'type', in: ['group'] },
            { path: 'userId', isFilled: true },
          ],
          fields: { user_id: ['userId'], workspace_id: ['groupId'], role: ['traits.role'] },
        },
      ],
    },
    {
      title: 'Segment warehouse tracks',
      marks: [
        ['event'],
        ['received_at'],
        ['anonymous_id', 'user_id'],
        ['event_text', 'context_library_name', 'sent_at', 'uuid_ts'],
      ],
      tables: [
        {
          table: 'events',
          fields: {
            event_id: ['id'],
            event_name: ['event', 'event_text'],
            timestamp: { from: ['timestamp', 'original_timestamp', 'sent_at', 'received_at'], timeZone: 'UTC' },
            workspace_id: ['context_group_id', 'workspace_id', 'organization_id', 'group_id', 'team_id'],
            user_id: ['user_id'],
            anonymous_id: ['anonymous_id'],
            device_id: ['context_device_id'],
            source: ['context_library_name'],
            ip: ['context_ip'],
          },
        },
      ],
    },
    {
      title: 'Segment warehouse groups',
      marks: [['group_id'], ['received_at'], ['context_library_name', 'sent_at', 'uuid_ts', 'original_timestamp']],
      without: ['event'],
      tables: [
        {
          table: 'workspaces',
          fields: {
            workspace_id: ['group_id'],
            workspace_name: ['name'],
            plan_tier: ['plan'],
            created_at: { from: ['created_at'], timeZone: 'UTC' },
          },
          needs: ['workspace_name'],
        },
        {
          table: 'memberships',
          isAside: true,
          when: [{ path: 'user_id', isFilled: true }],
          fields: { user_id: ['user_id'], workspace_id: ['group_id'], role: ['role'] },
        },
      ],
    },
    {
      title: 'Segment warehouse users',
      marks: [
        ['email'],
        ['received_at'],
        ['context_library_name', 'uuid_ts', 'sent_at', 'original_timestamp'],
        ['user_id', 'id'],
      ],
      without: ['event', 'group_id'],
      tables: [
        {
          table: 'users',
          fields: {
            user_id: ['user_id', 'id'],
            primary_email: ['email'],
            name: ['name'],
            phone: ['phone'],
            job_title: ['title', 'job_title'],
            product_role: ['role'],
            company_name: ['company_name', 'company'],
            anonymous_id: ['anonymous_id'],
            created_at: { from: ['created_at'], timeZone: 'UTC' },
          },
        },
      ],
    },
  ],
}
