/**
 * Encodings of text beside UTF-8, UTF-16 and windows-1252 that can be read where somebody names them, with where they come
 * from. The names are those of the WHATWG Encoding Standard.
 */
export const CODE_PAGES = {
  'windows-1250': 'Central European, Windows',
  'windows-1251': 'Cyrillic, Windows',
  'windows-1253': 'Greek, Windows',
  'windows-1254': 'Turkish, Windows; reads ISO-8859-9',
  'windows-1255': 'Hebrew, Windows',
  'windows-1256': 'Arabic, Windows',
  'windows-1257': 'Baltic, Windows',
  'windows-1258': 'Vietnamese, Windows',
  'windows-874': 'Thai, Windows',
  shift_jis: 'Japanese, Windows and Excel',
  'euc-jp': 'Japanese, Unix',
  gb18030: 'Chinese, simplified; reads GBK and GB2312',
  big5: 'Chinese, traditional',
  'euc-kr': 'Korean; reads CP949',
  'iso-8859-2': 'Central European, ISO',
  'iso-8859-5': 'Cyrillic, ISO',
  'iso-8859-7': 'Greek, ISO',
  'iso-8859-15': 'Western European with the euro sign, ISO',
  'koi8-r': 'Russian, Unix',
  'koi8-u': 'Ukrainian, Unix',
  ibm866: 'Cyrillic, DOS',
  macintosh: 'Western European, classic Mac and its Excel',
} as const

export type CodePage = keyof typeof CODE_PAGES

/** Names of `CODE_PAGES`, in the order in which they are offered. */
export const CODE_PAGE_NAMES = Object.keys(CODE_PAGES) as readonly CodePage[] // its own keys

/** Encodings that no byte of a file tells for sure, as a byte order mark does: a mapping keeps that it was named. */
export function hasToBeNamed(encoding: string): boolean {
  return encoding === 'windows-1252' || Object.hasOwn(CODE_PAGES, encoding)
}

/** What words of a file read like in an encoding that it may have. */
export type ReadAs = Readonly<{ encoding: string; samples: string }>

/** The readings that the question for an encoding has in its context, the likeliest first. */
export function readingsOf(context: Readonly<Record<string, unknown>>): readonly ReadAs[] {
  const { suggestion, samples, readings } = context
  if (typeof suggestion !== 'string') return []
  if (typeof readings !== 'string') return [{ encoding: suggestion, samples: String(samples ?? '') }]
  return readings.split('\n').map(line => {
    const [encoding = '', ...words] = line.split(': ')
    return { encoding, samples: words.join(': ') }
  })
}
