import { SHIPPED_WORDS } from './words/words.ts'

/**
 * Does a value stand for "nothing known"? Empty, `null`, `"N/A"`, `-`, `0`, an all-zero uuid, `[object Object]` and
 * what the reference list of placeholders holds, in any case, with or without quotes around it.
 *
 * @param value text of a cell; null is a placeholder
 *
 * Source: docs/methods/identity.md, "Placeholders".
 */
export const isPlaceholder: (value: string | null) => boolean = SHIPPED_WORDS.isPlaceholder
