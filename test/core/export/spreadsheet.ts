/**
 * Would a spreadsheet run a cell of a CSV file, and come to anything by it? The grammar of formulas as OpenFormula has it (references, calls,
 * numbers, texts, operators, sheets), read here from the beginning to the end of the cell, apart from the rule of the product.
 *
 * A cell runs where, after blanks and marks that are skipped, it begins with `=` and more than operators, or with `+`, `-` or `@` and is an
 * expression whole. A name that nobody has defined makes an error of all of it but calls and data exchange (`-Ahmad`, `-Ahmad+1`), and words
 * in brackets behind a blank are no call (`-Ahmad (CEO)`); a signed number and a phone number are no expressions.
 */
export function evaluates(cell: string): boolean {
  const body = cell.replace(/^[\s\p{Cc}\p{Cf}]+/u, '').normalize('NFKC')
  if (body.startsWith('=')) return /[\p{L}\p{N}"'#{\\$]/u.test(body.charAt(body.search(/[^=+\-@\s(]/)))
  if (!/^[+\-@]/.test(body) || /^[+-]\s?[\d.,]+$/.test(body)) return false
  if (/^\+[\d\s().\-/]+$/.test(body) && body.replace(/\D/g, '').length >= 7) return false
  const reader = new Expression(body)
  return reader.isWhole() && reader.comesToSomething
}

const TOKEN =
  /\s*(?:(?<text>"(?:[^"]|"")*")|(?<sheet>(?:'[^']*'|[\p{L}_][\p{L}\p{N}_.]*)!)|(?<dde>[\p{L}_][\p{L}\p{N}_.]*\|[^!]*!)|(?<ref>\$?[A-Za-z]{1,3}\$?\d{1,7}(?![\p{L}\p{N}_]))|(?<number>(?:\d[\d.,]*|\.\d+)(?:[eE][+-]?\d+)?%?)|(?<name>[\p{L}_\\][\p{L}\p{N}_.]*)|(?<op><=|>=|<>|[-+*/^&=<>@,;:(){}!|]))/uy

/** `isApart`: blanks are before it. */
type Token = Readonly<{ kind: string; text: string; isApart: boolean }>

class Expression {
  private isRun = false
  private isValue = false
  private hasName = false
  private readonly tokens: readonly Token[] | null
  private at = 0

  constructor(text: string) {
    this.tokens = tokensOf(text)
  }

  get comesToSomething(): boolean {
    return this.isRun || (this.isValue && !this.hasName)
  }

  isWhole(): boolean {
    return this.tokens !== null && this.expression() && this.at === this.tokens.length
  }

  private get next(): Token | undefined {
    return this.tokens?.[this.at]
  }

  private take(...texts: readonly string[]): boolean {
    const isOne = this.next?.kind === 'op' && texts.includes(this.next.text)
    if (isOne) this.at++
    return isOne
  }

  private expression(): boolean {
    if (!this.operand()) return false
    while (this.take('+', '-', '*', '/', '^', '&', '=', '<', '>', '<=', '>=', '<>', ':')) {
      if (!this.operand()) return false
      this.isValue = true
    }
    return true
  }

  private operand(): boolean {
    while (this.take('+', '-', '@', '='));
    if (this.take('(')) return this.expression() && this.take(')')
    const token = this.next
    if (token === undefined || token.kind === 'op') return false
    this.at++
    if (token.kind === 'dde') this.isRun = true
    if (token.kind === 'text' || token.kind === 'ref' || token.kind === 'sheet') this.isValue = true
    if (token.kind === 'dde' || token.kind === 'sheet') return this.operand()
    if (token.kind !== 'name') return true
    const isClose = this.next?.text === '(' && !this.next.isApart
    if (this.take('(')) return this.call(isClose)
    this.hasName = true
    return true
  }

  private call(isClose: boolean): boolean {
    const holds = this.next?.kind === 'text' || this.next?.kind === 'ref'
    if (isClose || holds) this.isRun = true
    if (this.take(')')) return true
    do if (!this.expression()) return false
    while (this.take(',', ';'))
    return this.take(')')
  }
}

function tokensOf(text: string): readonly Token[] | null {
  const tokens: Token[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const found = TOKEN.exec(text)
    if (found === null) return null
    const [kind = '', own = ''] = Object.entries(found.groups ?? {}).find(([, value]) => value !== undefined) ?? []
    tokens.push({ kind, text: own, isApart: /^\s/.test(found[0]) })
  }
  return tokens
}
