import type { ImportOptions } from '#schema/import'
import type { MappingOffer, RecognisedTable } from './recognition.ts'

type Given = Readonly<{ options: ImportOptions; mappings?: MappingOffer | undefined }>

/**
 * The answers with those of the mapping that a file fits.
 *
 * @param guessed the encoding that was guessed; null where it is known
 * @returns null where the mapping gives no others
 */
export function answersOf(
  table: RecognisedTable | undefined,
  options: ImportOptions,
  guessed: string | null,
): ImportOptions | null {
  const { encoding, escape: backslashes } = table ?? {}
  const isOther = guessed !== null && encoding !== undefined && encoding !== guessed
  const isNew = options.escape === undefined && backslashes !== undefined
  if (!isOther && !isNew) return null
  return { ...options, ...(isOther ? { encoding } : {}), ...(isNew ? { escape: backslashes } : {}) }
}

/** The answers given, before those of the mapping for this very file. */
export function optionsOf({ options, mappings }: Given): ImportOptions {
  const { encoding, recordsAt, escape: backslashes } = mappings?.assigned ?? {}
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(recordsAt === undefined ? {} : { recordsAt }),
    ...(backslashes === undefined ? {} : { escape: backslashes }),
    ...options,
  }
}
