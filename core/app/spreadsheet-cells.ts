/** Is the text what a spreadsheet writes for a cell that nobody changed: digits it took away, a day in its own form? */
export function isRewritten(was: string, text: string): boolean {
  return lostDigits(was, text) || isSameMoment(was, text)
}

/** Without the zeros before them, or rounded as 1.23E+11. */
function lostDigits(was: string, text: string): boolean {
  const digits = was.trim()
  if (!/^\d+$/.test(digits)) return false
  const now = text.trim().replace(',', '.')
  if (/^\d+$/.test(now)) return digits.startsWith('0') && digits.replace(/^0+(?=\d)/, '') === now
  if (digits.length < 12 || !/^\d(?:\.\d+)?E\+\d+$/i.test(now)) return false
  const places = now.slice(0, now.search(/e/i)).replace('.', '').length
  return Number(now) === Number(Number(digits).toPrecision(places))
}

/** As files have them. */
const WRITTEN = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/
/** As spreadsheets show them: year, month and day in their order, a time of day without seconds or with them. */
const SHOWN =
  /^(\d{1,4})[-./ ]{1,2}(\d{1,2})[-./ ]{1,2}(\d{2,4})\.?(?:,? (\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?: ?([AP])\.?M\.?)?)?$/i

/** The same day and time of day in another order; what the spreadsheet does not show may be anything. */
function isSameMoment(was: string, text: string): boolean {
  const written = WRITTEN.exec(was.trim())
  const shown = SHOWN.exec(text.trim())
  if (written === null || shown === null) return false
  const [, year = '', month = '', day = '', ...time] = written
  const [, first = '', second = '', third = '', hour, minute, seconds, half] = shown
  const years = [year, year.slice(2)]
  const isYear = (part: string): boolean => years.includes(part)
  const isPair = (a: string, b: string): boolean => Number(a) === Number(day) && Number(b) === Number(month)
  const isLastYear = isYear(third) && (isPair(first, second) || isPair(second, first))
  const isSameDay = isLastYear || (first === year && isPair(third, second))
  if (!isSameDay || hour === undefined) return isSameDay
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  const [writtenHour = '0', writtenMinute = '0', writtenSeconds = '0'] = time
  const isSameMinute = hours === Number(writtenHour) && Number(minute) === Number(writtenMinute)
  return isSameMinute && (seconds === undefined || Number(seconds) === Number(writtenSeconds))
}
