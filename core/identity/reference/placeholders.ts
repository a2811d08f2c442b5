import { KEPT_BY_HAND, referenceList } from './list.ts'

/** Texts that stand for "nothing known"; compared in lower case, without quotes and blanks around them. */
export const PLACEHOLDERS = referenceList(
  'placeholders',
  '2026-11-21',
  KEPT_BY_HAND,
  `
  null nil none na n/a n.a. n.a n\\a #n/a nan undefined unknown unk unspecified notset not-set not_set (none) (null) (unknown)
  (blank) (empty) (notset) (n/a) (undefined) <null> <none> <nil> <na> <unknown> [null] [none] [n/a] blank empty missing tbd tba tbc
  notavailable notapplicable notprovided notspecified notgiven nodata novalue
  #null! #ref! #value! #div/0! #name? #num! #error!
  -1 anonymous anon noname no-name default test testing example dummy placeholder xxx xxxx asdf \\n \\N [objectobject]
  `.toLowerCase(),
)

/** Words that, before the `@` and as the name of the domain, make an address nobody has (`test@test.com`). */
export const DUMMY_WORDS = referenceList(
  'dummy-words',
  '2026-11-20',
  KEPT_BY_HAND,
  `
  a aa aaa abc abcd asd asdf b company domain dummy email example fake foo foobar bar invalid mail me my name na nil
  noemail nomail nobody none noone null nothing placeholder qwe qwerty sample someone test tester testing testuser undefined
  unknown user username x xx xxx xxxx xyz you your yourname youremail yourcompany yourdomain z
  `,
)
