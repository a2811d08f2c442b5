import type { SourcePreset } from './preset.ts'

const mapped = (inside: string): string =>
  `or choose the table and take its fields from inside, such as ${inside}.email, by a mapping`

/** What pipelines put around the records of a table: known to feed no table, since they say of which one, and what became of it, themselves. */
export const SYNC_ENVELOPES: SourcePreset = {
  name: 'sync-envelopes',
  shapes: [
    {
      title: 'Raw table of Airbyte',
      marks: [['_airbyte_data'], ['_airbyte_ab_id', '_airbyte_raw_id', '_airbyte_emitted_at', '_airbyte_extracted_at']],
      why: `each record stands inside _airbyte_data. Export the final table that Airbyte makes of it, ${mapped('_airbyte_data')}`,
      tables: [],
    },
    {
      title: 'Messages of Airbyte',
      marks: [['type'], ['record.stream'], ['record.data'], ['record.emitted_at', 'record.namespace']],
      why: 'records of several streams stand between other messages. Write each stream to a file of its own, with what stands in record.data alone on each line',
      tables: [],
    },
    {
      title: 'Messages of Singer',
      marks: [
        ['type'],
        ['stream'],
        ['record'],
        ['schema', 'key_properties', 'time_extracted', 'value', 'version', 'bookmark_properties'],
      ],
      why: 'records of several streams stand between other messages. Let a target write them (target-csv, target-jsonl makes a file of each stream), and import its files',
      tables: [],
    },
    {
      title: 'Change events of Debezium',
      marks: [['after'], ['op'], ['source'], ['ts_ms', 'source.ts_ms', 'source.connector']],
      why: `each line is a change, with the row before and after it. Export the table, or unwrap the events (ExtractNewRecordState); where no row was deleted, ${mapped('after').slice('or '.length)}`,
      tables: [],
    },
    {
      title: 'Change events of Debezium',
      marks: [['payload.after'], ['payload.op'], ['payload.source', 'payload.ts_ms']],
      why: `each line is a change, with the row before and after it. Export the table, or unwrap the events (ExtractNewRecordState); where no row was deleted, ${mapped('payload.after').slice('or '.length)}`,
      tables: [],
    },
  ],
}
