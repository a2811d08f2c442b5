import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Columns } from '#contract/channel'
import { columnFault, columnKind, readReply, readRequest } from '#contract/channel-message'
import type { ColumnSpec } from '#contract/method'

const progress = { phase: 'Reading', done: 1, total: null, unit: 'rows', subject: null }

describe('readRequest', () => {
  test.each([
    { why: 'a call', message: { t: 'call', id: 1, method: 'm', input: {} }, isRead: true },
    { why: 'a call without input, which the method refuses', message: { t: 'call', id: 1, method: 'm' }, isRead: true },
    { why: 'a cancel', message: { t: 'cancel', id: 1 }, isRead: true },
    { why: 'nothing', message: null, isRead: false },
    { why: 'a list', message: [], isRead: false },
    { why: 'no id', message: { t: 'cancel' }, isRead: false },
    { why: 'an id that is no whole number', message: { t: 'cancel', id: 1.5 }, isRead: false },
    { why: 'a method that is no text', message: { t: 'call', id: 1, method: {} }, isRead: false },
    { why: 'a reply', message: { t: 'ok', id: 1, value: 1 }, isRead: false },
  ])('$why', ({ message, isRead }) => {
    expect(readRequest(message) !== null).toBe(isRead)
  })
})

describe('readReply', () => {
  test.each([
    { why: 'a value', message: { t: 'ok', id: 1, value: null }, isRead: true },
    {
      why: 'a value with columns',
      message: { t: 'ok', id: 1, value: {}, columns: { a: new Uint8Array(1) } },
      isRead: true,
    },
    {
      why: 'a column that is no typed array',
      message: { t: 'ok', id: 1, value: {}, columns: { a: [1] } },
      isRead: false,
    },
    { why: 'columns that are no object', message: { t: 'ok', id: 1, value: {}, columns: 'a' }, isRead: false },
    {
      why: 'a progress with rows and a part',
      message: {
        t: 'progress',
        id: 1,
        progress: { ...progress, rows: 3, part: { at: 1, of: 2, done: 1, total: 2 } },
      },
      isRead: true,
    },
    {
      why: 'a progress with half a part',
      message: { t: 'progress', id: 1, progress: { ...progress, part: { at: 1, of: 2 } } },
      isRead: false,
    },
    { why: 'a progress', message: { t: 'progress', id: 1, progress }, isRead: true },
    {
      why: 'a progress that waits',
      message: { t: 'progress', id: 1, progress: { ...progress, waitsFor: { job: 'an import', ahead: 2 } } },
      isRead: true,
    },
    {
      why: 'a progress that waits for nothing known',
      message: { t: 'progress', id: 1, progress: { ...progress, waitsFor: { ahead: 2 } } },
      isRead: false,
    },
    {
      why: 'a progress in no unit',
      message: { t: 'progress', id: 1, progress: { ...progress, unit: 'kg' } },
      isRead: false,
    },
    {
      why: 'a progress without an end',
      message: { t: 'progress', id: 1, progress: { ...progress, total: '9' } },
      isRead: false,
    },
    {
      why: 'a progress on an object',
      message: { t: 'progress', id: 1, progress: { ...progress, subject: {} } },
      isRead: false,
    },
    {
      why: 'a failure',
      message: { t: 'fail', id: 1, error: { code: 'store/disk', message: 'm', context: {} } },
      isRead: true,
    },
    { why: 'a failure without an error', message: { t: 'fail', id: 1 }, isRead: false },
    { why: 'a request', message: { t: 'call', id: 1, method: 'm', input: {} }, isRead: false },
  ])('$why', ({ message, isRead }) => {
    expect(readReply(message) !== null).toBe(isRead)
  })

  test('a failure of an unknown code is internal, and what is not plain in its context is dropped', () => {
    const error = { code: 'no/such', message: 7, context: { file: 'a', line: 1, isOdd: true, by: null, nested: {} } }
    expect(readReply({ t: 'fail', id: 1, error })).toEqual({
      t: 'fail',
      id: 1,
      error: {
        code: 'internal',
        message: 'unexpected error, see the log',
        context: { file: 'a', line: 1, isOdd: true, by: null },
      },
    })
  })
})

test('neither reader throws, whatever comes', () => {
  fc.assert(
    fc.property(fc.anything(), message => {
      readRequest(message)
      readReply(message)
    }),
  )
})

describe('columns', () => {
  test.each([
    { why: 'a typed array of the contract', value: new Float64Array(1), kind: 'Float64Array' },
    { why: 'a Buffer is bytes', value: Buffer.from('a'), kind: 'Uint8Array' },
    { why: 'a typed array outside the contract', value: new Int8Array(1), kind: null },
    { why: 'a list', value: [1], kind: null },
    { why: 'nothing', value: undefined, kind: null },
  ])('$why', ({ value, kind }) => {
    expect(columnKind(value)).toBe(kind)
  })

  const spec = { order: 'Uint32Array' } as const
  type Case = { why: string; spec: ColumnSpec | undefined; columns: Columns | undefined; fault: string | null }
  test.each<Case>([
    { why: 'as promised', spec, columns: { order: new Uint32Array(1) }, fault: null },
    { why: 'none promised, none came', spec: undefined, columns: undefined, fault: null },
    { why: 'missing', spec, columns: undefined, fault: 'column "order" should be Uint32Array, found none' },
    {
      why: 'of another kind',
      spec,
      columns: { order: new Uint8Array(1) },
      fault: 'column "order" should be Uint32Array, found Uint8Array',
    },
    {
      why: 'one too many',
      spec,
      columns: { order: new Uint32Array(1), toString: new Uint32Array(1) },
      fault: 'column "toString" is not in the contract',
    },
  ])('$why', ({ spec, columns, fault }) => {
    expect(columnFault(spec, columns)).toBe(fault)
  })
})
