import { KEPT_BY_HAND, referenceList } from './list.ts'

/** Spellings of words in street addresses, as `spelling:form`; folded, without dots. */
export const ADDRESS_WORDS = referenceList(
  'address-words',
  '2026-11-20',
  KEPT_BY_HAND,
  `
  street:st str:st strt:st saint:st avenue:ave av:ave aven:ave boulevard:blvd boul:blvd bd:blvd road:rd drive:dr drv:dr lane:ln la:ln
  court:ct crt:ct place:pl plaza:plz square:sq terrace:ter terr:ter tce:ter crescent:cres cr:cres crs:cres cresc:cres circle:cir circuit:cct
  close:cl grove:gr gve:gr parade:pde highway:hwy hiway:hwy parkway:pkwy pky:pkwy freeway:fwy turnpike:tpke trail:trl way:wy
  alley:aly arcade:arc esplanade:esp mount:mt mountain:mtn heights:hts park:pk gardens:gdns garden:gdn point:pt rise:rs
  north:n south:s east:e west:w northeast:ne northwest:nw southeast:se southwest:sw no:n so:s
  floor:fl flr:fl apartment:apt unit:apt flat:apt suite:ste room:rm building:bldg level:fl lvl:fl
  between:btwn bet:btwn near:nr and:and
  first:1st second:2nd third:3rd fourth:4th fifth:5th sixth:6th seventh:7th eighth:8th ninth:9th tenth:10th eleventh:11th twelfth:12th
  strasse:st straat:st gasse:g platz:pl weg:wg allee:all
  rue:rue via:via calle:c avenida:ave carrera:cra
  `,
)

/** Words of an address that may be missing without harm. */
export const WEAK_ADDRESS_WORDS = referenceList(
  'weak-address-words',
  '2026-11-20',
  KEPT_BY_HAND,
  `
  st ave blvd rd dr ln ct pl plz sq ter cres cir cct cl gr pde hwy pkwy fwy tpke trl wy aly arc esp btwn nr and the of at off
  fl apt ste rm bldg hotel center centre mall n s e w ne nw se sw in
  `,
)
