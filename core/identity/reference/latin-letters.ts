import { KEPT_BY_HAND, referenceList } from './list.ts'

/**
 * Cyrillic and Greek letters as they are mostly written in Latin names, `letter:letters`; without accents, which folding
 * takes away. A sign that has no sound is nothing.
 */
export const LATIN_LETTERS = referenceList(
  'latin-letters',
  '2026-11-21',
  KEPT_BY_HAND,
  `
  а:a б:b в:v г:g ґ:g ѓ:g д:d ђ:dj е:e ѐ:e є:ye ж:zh з:z ѕ:dz и:i ѝ:i і:i ј:j к:k ќ:k л:l љ:lj м:m н:n њ:nj о:o п:p р:r с:s т:t
  ћ:c у:u ў:u ф:f х:kh ц:ts ч:ch џ:dz ш:sh щ:shch ъ: ы:y ь: э:e ю:yu я:ya
  α:a β:v γ:g δ:d ε:e ζ:z η:i θ:th ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r σ:s ς:s τ:t υ:y φ:f χ:ch ψ:ps ω:o
  `,
)
