import type { Output } from '#contract/contract'

/** Lines about accounts of which one is right, with an empty one behind them: asked first, since other questions follow. Empty without any. */
export function tiesText({ total, sentences }: Output<'identity.export'>['ties']): readonly string[] {
  if (total === 0) return []
  const more = total - sentences.length
  return [
    'Asked first, in the app under Identity; what is "following" is settled by it:',
    ...sentences.map(sentence => `  ${sentence}`),
    ...(more === 0 ? [] : [`  and ${more} more`]),
    '',
  ]
}
