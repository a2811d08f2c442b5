import { AppError } from '#lib/errors'
import { type FileMapping, type MappingFile, mappingFile } from '#schema/mapping'
import { fieldFault } from './mapping-fit.ts'
import { datePattern } from './values/date-pattern.ts'

/**
 * A file of mappings from the value of its JSON document.
 *
 * @param json the document as parsed
 * @returns the checked mappings with their defaults filled in
 * @throws AppError `usage/bad-mapping`; context `path` names the place (`mappings.0.tables.0.fields.2.field`)
 *
 * Source: docs/methods/import.md, "Mappings"; docs/mapping.schema.json.
 */
export function parseMappings(json: unknown): MappingFile {
  const result = mappingFile.safeParse(json)
  if (result.success) {
    for (const mapping of result.data.mappings) checkMapping(mapping)
    return result.data
  }
  const issue = result.error.issues[0]
  const path = issue?.path.join('.') ?? ''
  const place = path === '' ? 'the mapping' : `the mapping at ${path}`
  throw new AppError('usage/bad-mapping', `${place}: ${issue?.message ?? 'not valid'}`, { path })
}

/** @throws AppError `usage/bad-mapping` where a mapping can fit no file, whatever its headers */
export function checkMapping({ source, tables }: FileMapping): void {
  for (const { table, fields } of tables) {
    const fault = fieldFault(table, fields)
    if (fault !== null) throw new AppError('usage/bad-mapping', `mapping "${source}": ${fault}`, { source, table })
    for (const { dateFormat } of fields) if (dateFormat !== undefined) datePattern(dateFormat)
  }
}
