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

type Named = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | CodePage

const NAMES: Readonly<Record<string, Named>> = {
  utf8: 'utf-8',
  unicode11utf8: 'utf-8',
  utf16: 'utf-16le',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  windows1252: 'windows-1252',
  cp1252: 'windows-1252',
  latin1: 'windows-1252',
  iso88591: 'windows-1252',
  ansi: 'windows-1252',
  cp932: 'shift_jis',
  windows31j: 'shift_jis',
  mskanji: 'shift_jis',
  sjis: 'shift_jis',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  cp936: 'gb18030',
  cp950: 'big5',
  big5hkscs: 'big5',
  cp949: 'euc-kr',
  uhc: 'euc-kr',
  windows949: 'euc-kr',
  ksc56011987: 'euc-kr',
  iso88599: 'windows-1254',
  latin5: 'windows-1254',
  latin2: 'iso-8859-2',
  latin9: 'iso-8859-15',
  cp874: 'windows-874',
  tis620: 'windows-874',
  iso885911: 'windows-874',
  koi8: 'koi8-r',
  cp866: 'ibm866',
  mac: 'macintosh',
  macroman: 'macintosh',
  xmacroman: 'macintosh',
  ...Object.fromEntries(
    CODE_PAGE_NAMES.flatMap(name =>
      [plainName(name), plainName(name).replace(/^windows/, 'cp')].map(known => [known, name]),
    ),
  ),
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** The encoding of a name, its own or a common one (`latin1`, `UTF16`); null where there is none. */
export function encodingNamed(name: string): Named | null {
  const plain = plainName(name)
  return Object.hasOwn(NAMES, plain) ? (NAMES[plain] ?? null) : null
}

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
