import { percent } from '../../ui/format.ts'

/** A share in words: what is there is never 0 %, what is missing never 100 %. */
export function shareText(found: number, of: number): string {
  if (of === 0) return ''
  const ratio = found / of
  if (ratio > 0 && ratio < 0.005) return '< 1 %'
  if (ratio < 1 && ratio >= 0.995) return '> 99 %'
  return percent(ratio)
}
