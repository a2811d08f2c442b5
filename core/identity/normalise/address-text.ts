import { repairedText } from './repaired-text.ts'

/** By far the most cells: one address, or none, and nothing around it. */
const PLAIN = /^[\w.+-]+@[\w.-]+$/
/** What is longer is no list of addresses, and not looked through. */
const LONGEST = 1000
const AT_IN_BRACKETS = /\s*[[({<]\s*_?at_?\s*[\])}>]\s*/i
const AT_AS_WORD = /^([^\s@]+)\s+at\s+([^\s@]+(?:\s+dot\s+[^\s@]+)+|[^\s@]+\.[a-z]{2,})$/i
const AT_IN_WORD = /^([^\s@]+?)[_-]at[_-]([^\s@]+\.[a-z]{2,})$/i
const DOT_IN_BRACKETS = /\s*[[({<]\s*(?:dot|\.)\s*[\])}>]\s*/gi
const DOT_AS_WORD = /\s+dot\s+/gi
const IN_ANGLES = /<([^<>]*@[^<>]*)>/g
const REMARK = /(?:^|\s)\([^)]*\)/g
const QUOTED_LOCAL_PART = /"([^"\s]+)"@/g

/**
 * A cell that holds addresses, as addresses: `john [at] acme [dot] com`, `John Doe <john@acme.com>`, `mailto:john@acme.com`.
 *
 * @param text a cell; text without an address is returned as it is
 *
 * Source: docs/methods/identity.md, "Email addresses".
 */
export function addressText(text: string): string {
  if (PLAIN.test(text) || text.length > LONGEST) return text
  const plain = withAt(repairedText(text, '').replaceAll('\u00a0', ' ').trim())
  if (!plain.includes('@')) return plain
  const written = plain
    .replace(DOT_IN_BRACKETS, '.')
    .replace(DOT_AS_WORD, '.')
    .replace(/\bmailto:/gi, '')
  const inAngles = Array.from(written.matchAll(IN_ANGLES), ([, address]) => address?.trim())
  if (inAngles.length > 0) return inAngles.join(' ')
  return written.replace(REMARK, ' ').replace(QUOTED_LOCAL_PART, '$1@').trim()
}

function withAt(text: string): string {
  if (text.includes('@')) return text
  return text.replace(AT_IN_BRACKETS, '@').replace(AT_AS_WORD, '$1@$2').replace(AT_IN_WORD, '$1@$2')
}
