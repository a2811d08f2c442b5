/** The part of Papa Parse 5 that this room uses; the published types pull in Node and DOM globals. */
declare module 'papaparse' {
  type ParseError = Readonly<{ code: string; message: string; row?: number }>
  type ParseResult = Readonly<{ data: string[][]; errors: readonly ParseError[] }>
  /** The delimiter and the newline are always given: left out, they are guessed from each piece of text anew. */
  type ParseConfig = Readonly<{ delimiter: string; newline: '\n' | '\r\n' | '\r' }>
  const Papa: { parse(text: string, config: ParseConfig): ParseResult }
  export default Papa
}
