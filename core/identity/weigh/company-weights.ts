/** Default weights of what is compared between records of companies. `share`: what counts of the agreeing words. */
export const COMPANY_WEIGHTS = {
  'same website': { precision: 0.93, because: 'Brands, branches and landlords share a domain.' },
  'same website, like name': { precision: 0.985, because: 'A shared domain and most of a name.' },
  'same website, same name': { precision: 0.995, because: 'A shared domain and the whole name.' },
  'same name': { m: 0.85, because: 'Names are mostly written alike once the legal form is cut.' },
  'same words': { share: 0.9, because: 'The same words in another order, or with a slip.' },
  'one name within the other': {
    share: 0.7,
    because: 'Short forms are common, and so are companies named after others.',
  },
  'most words': { share: 0.6, because: 'More agrees than differs.' },
  'some words': { share: 0.3, because: 'Places and trades come in many names.' },
  'initials of the other': { bits: 6, because: 'Three letters are shared by many companies.' },
  different: { bits: -5, because: 'A company rarely has two unlike names.' },
} as const
