import * as z from 'zod'
import { TABLE_NAMES, type TableName } from '#schema/tables'

/**
 * A file or folder that the host has handed out; the renderer never sees or sends a path. On the command line it is the path
 * itself, which may be as long as any system allows.
 */
export const token = z.string().min(1).max(32_767)
export const nothing = z.strictObject({})
export const count = z.int().nonnegative()
/** Name of a CSV file within a folder. */
export const csvName = z.string().regex(/^[\w.-]+\.csv$/)
export const tableName = z.enum(TABLE_NAMES as readonly [TableName, ...TableName[]])
export const instant = z.number()
export const pageLimit = z.int().min(1).max(500)

/** What a run is of; runs of one level do not stand in the way of those of the other. */
export const level = z.enum(['workspace', 'account'])

/** What has changed since a run was made. */
export const staleBecause = z.array(z.enum(['data', 'decisions', 'taxonomy', 'model', 'routing']))

/** Events that count nowhere, of all up to the as-of, and those of them that look like loops; null where they are too few to be said. */
export const eventsAside = z.strictObject({ events: count, of: count, looped: count }).nullable()

/** Counted events whose name has no kind, of all counted ones; null where they are too few to be said. */
export const withoutKind = z.strictObject({ events: count, of: count }).nullable()
