import { CODE_PAGE_NAMES, type CodePage } from '#schema/encodings'
import { codePageText } from './code-page.ts'
import { windows1252Text } from './windows-1252.ts'

/** How records read in an encoding that they may be in: a few words that are not plain ASCII. */
export type EncodingReading = Readonly<{ encoding: 'windows-1252' | CodePage; samples: string }>

const MOST_READINGS = 3
const MOST_SAMPLES = 3
/** Below this share of the best one's score, a reading is not shown. */
const WORTH_SHOWING = 0.6

/**
 * Encodings in which records that are not UTF-8 read like text, the likeliest first.
 *
 * score = mean over the characters beyond ASCII of 1 for one that is usual where it stands, less for one that is not, 0 for a
 * sign inside a word, for words of two alphabets, or of letters that begin small and go on capital; a record that cannot be
 * read counts 0. Of equal scores windows-1252 goes first, then the order of `CODE_PAGES`. A reading that shows the same words
 * as one before it is left out.
 *
 * @param records bytes of records, not empty
 * @returns one to three readings
 *
 * Source: docs/methods/import.md, "Encoding".
 */
export function likelyReadings(records: readonly Uint8Array[]): readonly [EncodingReading, ...EncodingReading[]] {
  const tried = (['windows-1252', ...CODE_PAGE_NAMES] as const).map(encoding => {
    const texts = records.map(record => textIn(encoding, record))
    return { encoding, samples: samplesOf(texts), score: scoreOf(encoding, texts) }
  })
  const ranked = tried.filter(({ samples }) => samples !== '').toSorted((a, b) => b.score - a.score)
  const different = ranked.filter(({ samples }, at) => ranked.findIndex(other => other.samples === samples) === at)
  const [best = { encoding: 'windows-1252' as const, samples: '', score: 0 }, ...others] = different
  const shown = others.filter(({ score }) => score > WORTH_SHOWING * best.score).slice(0, MOST_READINGS - 1)
  const reading = ({ encoding, samples }: EncodingReading): EncodingReading => ({ encoding, samples })
  return [reading(best), ...shown.map(reading)]
}

function textIn(encoding: EncodingReading['encoding'], record: Uint8Array): string | null {
  return encoding === 'windows-1252' ? windows1252Text(record) : codePageText(encoding).strict(record)
}

function samplesOf(texts: readonly (string | null)[]): string {
  const samples: string[] = []
  for (const text of texts) {
    if (samples.length === MOST_SAMPLES) break
    const sample = text === null ? '' : cellsAround(text)
    if (sample !== '' && !samples.includes(sample)) samples.push(sample)
  }
  return samples.join(' | ')
}

/** The cells of a record that are not plain ASCII, a few. */
function cellsAround(record: string): string {
  const cells = record.split(/[,;\t|"]/).filter(cell => /[^\p{ASCII}]/u.test(cell))
  return cells.slice(0, 3).join(', ').replace(/\s+/g, ' ').slice(0, 120)
}

/** Letters that are usual in what is written in an encoding, small. Of Latin ones those beyond ASCII. */
const WESTERN = 'éèêëàâáäãåæçñôöóòõøœîïíìûüúùßÿªº'
const RUSSIAN = 'оеаинтсрвлкмдпуяы'
const GREEK = 'αοιετσνηυρπκάέήίόώςμλ'
const USUAL: Readonly<Partial<Record<EncodingReading['encoding'], string>>> = {
  'windows-1252': WESTERN,
  macintosh: WESTERN,
  'iso-8859-15': `${WESTERN}šž`,
  'windows-1250': 'ěščřžýáíéůúťďňółąęćśżźńőűöüäôľĺŕăâîşţđ',
  'iso-8859-2': 'ěščřžýáíéůúťďňółąęćśżźńőűöüäôľĺŕăâîşţđ',
  'windows-1254': 'şğıçöüâîû',
  'windows-1257': 'āčēģīķļņšūžąęėįųõäöü',
  'windows-1258': 'ăâđêôơưàáãéèíóúý\u0300\u0301\u0303\u0309\u0323',
  'windows-1251': `${RUSSIAN}іїє`,
  'iso-8859-5': RUSSIAN,
  'koi8-r': RUSSIAN,
  'koi8-u': `${RUSSIAN}іїє`,
  ibm866: RUSSIAN,
  'windows-1253': GREEK,
  'iso-8859-7': GREEK,
  'windows-1255': 'יוהלאתרמבשנםדע',
  'windows-1256': 'الينموترةبهدسعكحش',
  'windows-874': 'ารนกอเงมยลวดทสต่้ีัิใไ',
}
const TYPOGRAPHIC = /[\u00a0’‘“”„–—…•€£¥©®™°·«»¿¡½¼¾×№、。「」（）・ー　]/u
const OPENING = /[’‘“„«¿¡—–\u00a0「（]/u
const CLOSING = /[’‘“”»®©™°—–…\u00a0」）、。ー・]/u
const IS_LETTER = /[\p{L}\p{M}]/u
/** Inside words too. */
const JOINING = /[’‘·\u00a0\u00adー・]/u

function scoreOf(encoding: EncodingReading['encoding'], texts: readonly (string | null)[]): number {
  let sum = 0
  let characters = 0
  const unreadable = texts.filter(text => text === null).length
  for (const text of texts) {
    for (const part of text === null ? [] : partsOf(text)) {
      const beyond = [...part].filter(character => character > '\u007f')
      characters += beyond.length
      sum += partScore(encoding, part, beyond)
    }
  }
  const readable = texts.length - unreadable
  return characters === 0 ? 0 : (sum / characters) * (readable / texts.length) ** 2
}

/** Words with the signs that stand in them. */
function partsOf(text: string): readonly string[] {
  return text.split(/[\p{ASCII}--[A-Za-z]]+/v).filter(part => /[^\p{ASCII}]/u.test(part))
}

function partScore(encoding: EncodingReading['encoding'], part: string, beyond: readonly string[]): number {
  if (!isOneWord(part)) return 0
  const sure = isAllAccents(part) ? 0.5 : 1
  return sure * beyond.reduce((sum, character) => sum + characterScore(encoding, character, part), 0)
}

const SCRIPTS = [/\p{scx=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Hebrew}/u].concat([
  /\p{Script=Arabic}/u,
  /\p{Script=Thai}/u,
])

function isOneWord(part: string): boolean {
  const letters = part.replace(/[^\p{L}\p{M}]/gu, '')
  if (SCRIPTS.filter(script => script.test(letters)).length > 1) return false
  return !/(?!\p{ASCII}{2})\p{Ll}\p{Lu}/u.test(letters)
}

/** Nearly all of its letters have accents: that is mostly a word of another alphabet. */
function isAllAccents(part: string): boolean {
  const letters = part.replace(/[^\p{L}]/gu, '')
  if (letters.length < 2 || !/^\p{Script=Latin}+$/u.test(letters)) return false
  return letters.replace(/\p{ASCII}/gu, '').length > (2 / 3) * letters.length
}

function characterScore(encoding: EncodingReading['encoding'], character: string, part: string): number {
  if (/[\uff61-\uff9f\u2500-\u259f]/u.test(character)) return 0.1
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(character)) return 1
  if (/[\p{Script=Han}\p{Script=Hangul}]/u.test(character)) return everydayScore(encoding, character)
  const usual = USUAL[encoding]
  if (/[\p{L}\p{M}]/u.test(character)) return usual?.includes(character.toLowerCase()) === true ? 1 : 0.4
  return signScore(character, part)
}

/** A sign stands at the side of words where its kind does, or by itself. */
function signScore(sign: string, part: string): number {
  const at = part.indexOf(sign)
  const isAfter = IS_LETTER.test(part[at - 1] ?? '')
  const isBefore = IS_LETTER.test(part[at + sign.length] ?? '')
  if (isAfter && isBefore) return JOINING.test(sign) ? 0.8 : 0
  if ((isAfter && !CLOSING.test(sign)) || (isBefore && !OPENING.test(sign))) return 0.1
  return TYPOGRAPHIC.test(sign) ? 0.8 : 0.2
}

/** First bytes of the signs in everyday use, which the standards list first. */
const EVERYDAY: Readonly<Partial<Record<EncodingReading['encoding'], readonly [CodePage, number, number]>>> = {
  shift_jis: ['euc-jp', 0xb0, 0xcf],
  'euc-jp': ['euc-jp', 0xb0, 0xcf],
  gb18030: ['gb18030', 0xb0, 0xd7],
  big5: ['big5', 0xa4, 0xc6],
  'euc-kr': ['euc-kr', 0xb0, 0xc8],
}

const everyday = new Map<CodePage, ReadonlySet<string>>()

function everydayScore(encoding: EncodingReading['encoding'], character: string): number {
  const [page, first, last] = EVERYDAY[encoding] ?? []
  if (page === undefined || first === undefined || last === undefined) return 0.2
  let signs = everyday.get(page)
  if (signs === undefined) {
    signs = signsOf(page, first, last)
    everyday.set(page, signs)
  }
  if (signs.has(character)) return 1
  return page === 'euc-kr' ? 0.5 : 0.2
}

function signsOf(page: CodePage, first: number, last: number): ReadonlySet<string> {
  const text = codePageText(page)
  const signs = new Set<string>()
  for (let lead = first; lead <= last; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const sign = text.strict(Uint8Array.of(lead, trail))
      // GBK and its kin have rarer signs below 0xa1.
      if (sign !== null && (trail >= 0xa1 || page === 'big5')) signs.add(sign)
    }
  return signs
}
