/** Words that make a header a secret wherever they stand. */
const SECRET_WORDS = [
  'password',
  'passwd',
  'passphrase',
  'pwd',
  'secret',
  'totp',
  'cvv',
  'cvc',
  'recovery codes?',
  'backup codes?',
  'private key',
  'api keys?',
  'access keys?',
  'secret keys?',
  'encryption key',
  'signing key',
  '(?:access|refresh|auth|authentication|id|bearer|session|reset|remember|confirmation|verification|invitation|invite|api|csrf|device|push|oauth) tokens?',
]
/** Words that make a header a secret only where they are the whole of it or its end. */
const SECRET_ENDS = ['token', 'salt', 'otp', 'pin code', 'password hash', 'card number', 'ssn']
/** A header that ends with one of these tells about a secret without holding it. */
const HARMLESS_END =
  /(?:^| )(?:at|on|date|time|count|counts|used|enabled|disabled|set|changed|updated|expired|expires|expiry|length|strength|type|provider|status|id|ids|name|verified|required|method|check|failure)$/
const HARMLESS_START = /^(?:is|has|needs|requires|num|number|count) /

const SECRET = new RegExp(`(?:^| )(?:${SECRET_WORDS.join('|')})(?: |$)|(?:^| )(?:${SECRET_ENDS.join('|')})$`)
const RUN_TOGETHER =
  /^(?:user|encrypted|hashed)?(?:password|passwd)(?:hash|digest|salt)?$|^(?:api|access|secret|private)key$|^(?:access|refresh|auth|session|reset)token$|^totp(?:secret|seed|key)$/

/**
 * Does the header name a column that holds secrets: password digests, one-time-password seeds, tokens, keys?
 *
 * `password_changed_at`, `token_count` or `api_key_id` tell about a secret and are kept.
 *
 * Source: docs/methods/import.md, "Secrets".
 */
export function isSecretHeader(header: string): boolean {
  const words = header
    .replace(/([\p{Ll}0-9])(?=\p{Lu})/gu, '$1 ')
    .toLowerCase()
    .replace(/[^\p{L}0-9]+/gu, ' ')
    .trim()
  if (HARMLESS_START.test(words) || HARMLESS_END.test(words)) return false
  return SECRET.test(words) || RUN_TOGETHER.test(words.replaceAll(' ', ''))
}
