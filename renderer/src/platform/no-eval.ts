import * as z from 'zod'

// zod tries whether it may compile code, which the policy of the page refuses and reports. To be imported before every
// module that makes a schema: the first import of main.tsx.
z.config({ jitless: true })
