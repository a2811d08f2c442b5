import { signatureOf } from '#import'
import type { FilePlan } from '#schema/import'
import type { FileMapping } from '#schema/mapping'

/** A mapping as it is remembered for the files it was used on: under their headers, whatever the name of the file. */
export function rememberedMapping(
  plans: readonly FilePlan[],
  mapping: FileMapping,
): Readonly<{ signature: string; mapping: FileMapping }> {
  const headers = plans[0]?.columns.map(({ header }) => header) ?? []
  const { file: _file, ...kept } = mapping
  return { signature: signatureOf(headers, plans[0]?.recordsAt), mapping: { ...kept, headers } }
}
