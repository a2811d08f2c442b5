import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createListSearch, createListSurvey, mappingOfPlans, planFile, planTables } from '#import'
import { AppError } from '#lib/errors'
import { CODE_PAGE_NAMES, type CodePage, readingsOf } from '#schema/encodings'
import { bytesOf, readFile } from './read-file.ts'

type Sample = Readonly<{
  encoding: CodePage
  name: string
  company: string
  hex: readonly [string, string]
  bad?: string
}>

/** Two texts in each encoding, as Python's codecs write them, and bytes that are none of it. */
const SAMPLES: readonly Sample[] = [
  {
    encoding: 'shift_jis',
    name: '山田 太郎',
    company: '株式会社ソニー',
    hex: ['8e5293632091be9859', '8a948eae89ef8ed0835c836a815b'],
    bad: '81',
  },
  {
    encoding: 'euc-jp',
    name: '鈴木 一郎',
    company: '東京商事',
    hex: ['ceebccda20b0eccfba', 'c5ecb5febea6bbf6'],
    bad: 'a4',
  },
  {
    encoding: 'gb18030',
    name: '王小明',
    company: '北京科技有限公司',
    hex: ['cdf5d0a1c3f7', 'b1b1bea9bfc6bcbcd3d0cfdeb9abcbbe'],
    bad: '81',
  },
  {
    encoding: 'big5',
    name: '陳大文',
    company: '臺北貿易股份有限公司',
    hex: ['b3afa46aa4e5', 'bb4fa55fb654a9f6aad1a5f7a6b3adada4bda571'],
    bad: '81',
  },
  {
    encoding: 'euc-kr',
    name: '김민수 똠',
    company: '서울전자 주식회사',
    hex: ['b1e8b9cebcf6208c63', 'bcadbfefc0fcc0da20c1d6bdc4c8b8bbe7'],
    bad: 'c9',
  },
  {
    encoding: 'windows-1250',
    name: 'Jiří Šťastný',
    company: 'Żółć Łódź',
    hex: ['4a69f8ed208a9d6173746efd', 'aff3b3e620a3f3649f'],
    bad: '81',
  },
  {
    encoding: 'windows-1251',
    name: 'Иван Петров',
    company: 'ООО «Ромашка»',
    hex: ['c8e2e0ed20cfe5f2f0eee2', 'cecece20abd0eeece0f8eae0bb'],
    bad: '98',
  },
  {
    encoding: 'windows-1253',
    name: 'Γιώργος Παπαδόπουλος',
    company: 'Αθήνα',
    hex: ['c3e9fef1e3eff220d0e1f0e1e4fcf0eff5ebeff2', 'c1e8deede1'],
    bad: 'd2',
  },
  {
    encoding: 'windows-1254',
    name: 'Işıl Yılmaz',
    company: 'Şişli Ağaç',
    hex: ['49fefd6c2059fd6c6d617a', 'de69fe6c692041f061e7'],
    bad: '81',
  },
  {
    encoding: 'windows-1255',
    name: 'דוד כהן',
    company: 'תל אביב',
    hex: ['e3e5e320ebe4ef', 'faec20e0e1e9e1'],
    bad: 'd9',
  },
  {
    encoding: 'windows-1256',
    name: 'محمد علي',
    company: 'شركة النور',
    hex: ['e3cde3cf20dae1ed', 'd4d1dfc920c7e1e4e6d1'],
  },
  {
    encoding: 'windows-1257',
    name: 'Jānis Bērziņš',
    company: 'Žemaitė ąžuolas',
    hex: ['4ae26e69732042e7727a69f2f0', 'de656d616974eb20e0fe756f6c6173'],
    bad: 'a1',
  },
  {
    encoding: 'windows-874',
    name: 'สมชาย ใจดี',
    company: 'กรุงเทพ',
    hex: ['cac1aad2c220e3a8b4d5', 'a1c3d8a7e0b7be'],
    bad: 'db',
  },
  {
    encoding: 'iso-8859-2',
    name: 'Jiří Šťastný',
    company: 'Żółć Łódź',
    hex: ['4a69f8ed20a9bb6173746efd', 'aff3b3e620a3f364bc'],
    bad: '81',
  },
  {
    encoding: 'iso-8859-5',
    name: 'Иван Петров',
    company: 'Ромашка',
    hex: ['b8d2d0dd20bfd5e2e0ded2', 'c0dedcd0e8dad0'],
    bad: '81',
  },
  {
    encoding: 'iso-8859-7',
    name: 'Γιώργος Παπαδόπουλος',
    company: 'Αθήνα',
    hex: ['c3e9fef1e3eff220d0e1f0e1e4fcf0eff5ebeff2', 'c1e8deede1'],
    bad: 'd2',
  },
  {
    encoding: 'iso-8859-15',
    name: 'Zoé Cœur',
    company: '5 € Größe',
    hex: ['5a6fe92043bd7572', '3520a4204772f6df65'],
    bad: '81',
  },
  { encoding: 'koi8-r', name: 'Иван Петров', company: 'Ромашка', hex: ['e9d7c1ce20f0c5d4d2cfd7', 'f2cfcdc1dbcbc1'] },
  { encoding: 'koi8-u', name: 'Їжак Ґанок', company: 'Київ', hex: ['b7d6c1cb20bdc1cecfcb', 'ebc9a7d7'] },
  { encoding: 'ibm866', name: 'Иван Петров', company: 'Ромашка', hex: ['88a2a0ad208fa5e2e0aea2', '90aeaca0e8aaa0'] },
  {
    encoding: 'macintosh',
    name: 'José Müller',
    company: 'Société Générale',
    hex: ['4a6f738e204d9f6c6c6572', '536f63698e748e20478e6e8e72616c65'],
  },
  {
    encoding: 'windows-1258',
    name: 'Lê Đăng',
    company: 'Cơ Đông',
    hex: ['4cea20d0e36e67', '43f520d0f46e67'],
    bad: '81',
  },
]
const hexBytes = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], pair => Number.parseInt(pair, 16))
const joined = (...parts: readonly (string | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap(part => [...(typeof part === 'string' ? bytesOf(part) : part)]))
const cells = ({ hex: [name, company] }: Sample): Uint8Array => joined(hexBytes(name), ',"', hexBytes(company), '"')
const tableOf = (sample: Sample): Uint8Array =>
  joined('user_id,name,company\n1,', cells(sample), '\n2,plain,"a\nb"\n3,', cells(sample))
const fieldsOf = ({ rows }: ReturnType<typeof readFile>): unknown[] =>
  rows.map(({ line, values, custom }) => [line, values[2], custom])

test('there is a sample of every encoding', () => {
  expect(SAMPLES.map(({ encoding }) => encoding).toSorted()).toEqual([...CODE_PAGE_NAMES].toSorted())
})

describe.each(SAMPLES)('$encoding', sample => {
  const { encoding, name, company, bad } = sample
  const options = { encoding }
  const plainText = `user_id,name,company\n1,${name},"${company}"\n2,plain,"a\nb"\n3,${name},"${company}"`

  test('reads as the same table in UTF-8, for every chunk size', () => {
    const expected = fieldsOf(readFile('users.csv', plainText))
    expect(expected).toHaveLength(3)
    for (const chunk of [1, 2, 3, 5, 7, 1 << 20]) {
      const read = readFile('users.csv', tableOf(sample), { options, chunk })
      expect([fieldsOf(read), read.held, read.plan.encoding]).toEqual([expected, [], encoding])
    }
  })

  test('reads JSON documents and lines', () => {
    const record = joined('{"user_id":"1","name":"', hexBytes(sample.hex[0]), '"}')
    for (const [file, bytes] of [
      ['users.json', joined('[', record, ']')],
      ['users.jsonl', joined(record, '\n', record)],
    ] as const) {
      const { rows } = readFile(file, bytes, { options, chunk: 3 })
      expect(rows[0]?.values[2]).toBe(name)
    }
  })

  test.skipIf(bad === undefined)('holds the one record with a byte that is none of it', () => {
    const bytes = joined('user_id,name\n1,', hexBytes(sample.hex[0]), '\n2,"x', hexBytes(bad ?? ''), '",\n3,y\n4,z\n')
    for (const chunk of [1, 2, 1 << 20]) {
      const { rows, held, result } = readFile('users.csv', bytes, { options, chunk })
      expect(rows.map(({ line }) => line)).toEqual([2, 4, 5])
      expect(held).toMatchObject([{ line: 3, code: 'row/bad-encoding', raw: expect.stringContaining('\ufffd') }])
      expect(result).toMatchObject({ read: 4, emitted: 3, held: 1 })
    }
  })

  test('is kept by a mapping', () => {
    const head = tableOf(sample)
    const plans = planTables({ file: 'users.csv', head, size: head.length, isWhole: true, options })
    const mapping = mappingOfPlans(plans, 'x')
    expect(mapping.encoding).toBe(encoding)
    const again = { file: 'next.csv', head, size: head.length, isWhole: true, options: {} }
    expect(planFile({ ...again, mappings: { remembered: [mapping] } })).toMatchObject({ table: 'users', encoding })
  })
})

test('rows and held rows are the same for every chunk size, whatever the bytes are', () => {
  const piece = fc.oneof(
    fc.constantFrom(...SAMPLES).map(cells),
    fc.constantFrom('\n', ',', '"', '\r\n', '|', '\\', 'a', '9,x\n').map(bytesOf),
    fc.uint8Array({ maxLength: 4 }),
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...CODE_PAGE_NAMES),
      fc.array(piece, { maxLength: 12 }),
      fc.integer({ min: 1, max: 9 }),
      (encoding, pieces, chunk) => {
        const bytes = joined('user_id,name\n', ...pieces)
        const headBytes = 13
        const read = (settings: object): unknown => {
          const { rows, held, result } = readFile('users.csv', bytes, { options: { encoding }, headBytes, ...settings })
          return { rows, held, result }
        }
        expect(read({ chunk })).toEqual(read({}))
      },
    ),
    { numRuns: 150 },
  )
})

describe('the question for an encoding', () => {
  const askedFor = (bytes: Uint8Array): AppError => {
    try {
      planFile({ file: 'users.csv', head: bytes, size: bytes.length, isWhole: true, options: {} })
    } catch (error) {
      if (error instanceof AppError) return error
      throw error
    }
    throw new Error('nothing is asked')
  }

  // ISO-8859-7 has these letters where windows-1253 has them; two words are too few to know Vietnamese by.
  const told = SAMPLES.filter(({ encoding }) => encoding !== 'iso-8859-7' && encoding !== 'windows-1258')
  test.each(told)('offers $encoding first, with what it reads', sample => {
    const error = askedFor(tableOf(sample))
    const [first, ...others] = readingsOf(error.context)
    expect(first).toEqual({ encoding: sample.encoding, samples: `${sample.name}, ${sample.company}` })
    expect(error.context['suggestion']).toBe(sample.encoding)
    expect(others.length).toBeLessThan(3)
    for (const { encoding, samples } of others) expect(error.message).toContain(`${encoding} it reads: ${samples}`)
  })

  test('offers windows-1252 alone where only that reads like text, and not where its letters make no word', () => {
    const western = joined('user_id,name\n1,Jos', Uint8Array.of(0xe9), '\n2,M', Uint8Array.of(0xfc), 'ller\n')
    expect(askedFor(western).context['suggestion']).toBe('windows-1252')
    const russian = joined('user_id,name\n1,', hexBytes('c8e2e0ed20cfe5f2f0eee2'), '\n')
    expect(readingsOf(askedFor(russian).context).map(({ encoding }) => encoding)).not.toContain('windows-1252')
  })

  test('is put by the reader too, where it shows behind the head', () => {
    const bytes = joined('user_id,name\n', '1,a\n'.repeat(5000), '2,', hexBytes('8e5293632091be9859'), '\n')
    expect(() => readFile('users.csv', bytes, { headBytes: 4000 })).toThrow(/As shift_jis it reads: 山田 太郎/)
  })
})

test('CP949 has all syllables of Korean', () => {
  const bytes = joined('user_id,name\n1,', hexBytes('8141a0fec652b0a18c63a2e6'), '\n')
  const { rows } = readFile('users.csv', bytes, { options: { encoding: 'cp949' } })
  expect(rows[0]?.values[2]).toBe('갂좤힣가똠€')
})

test.each([
  ['sjis', 'shift_jis'],
  ['Windows-31J', 'shift_jis'],
  ['GBK', 'gb18030'],
  ['gb2312', 'gb18030'],
  ['cp1251', 'windows-1251'],
  ['ISO-8859-9', 'windows-1254'],
  ['tis-620', 'windows-874'],
  ['MacRoman', 'macintosh'],
  ['KOI8-R', 'koi8-r'],
])('%s is a name of %s', (encoding, name) => {
  const { plan } = readFile('users.csv', 'user_id,name\n1,a\n', { options: { encoding } })
  expect(plan.encoding).toBe(name)
})

test.each(['constructor', 'ebcdic', ''])('"%s" is refused with the names there are', encoding => {
  expect(() => readFile('users.csv', 'user_id\n1\n', { options: { encoding } })).toThrow(/koi8-r/)
})

test('a list of a document is found behind its head, in any encoding', () => {
  const name = hexBytes('8e5293632091be9859')
  const bytes = joined(
    '{"a":[{"id":"1"}],"',
    name,
    '":[{"user_id":"u1","primary_email":"a@x.io","name":"',
    name,
    '"}]}',
  )
  const layout = { encoding: 'shift_jis', bomBytes: 0 } as const
  const survey = createListSurvey(layout)
  survey.push(bytes)
  expect(survey.lists().map(({ path, records }) => [path, records])).toEqual([
    ['a', 1],
    ['山田 太郎', 1],
  ])
  const search = createListSearch('山田 太郎', layout, 1000)
  for (const byte of bytes) search.push(Uint8Array.of(byte))
  const head = search.head() ?? new Uint8Array(0)
  const options = { encoding: 'shift_jis', recordsAt: '山田 太郎' }
  const plan = planFile({ file: 'users.json', head, size: null, isWhole: false, options })
  expect(plan).toMatchObject({ table: 'users', recordsAt: '山田 太郎', encoding: 'shift_jis' })
})
