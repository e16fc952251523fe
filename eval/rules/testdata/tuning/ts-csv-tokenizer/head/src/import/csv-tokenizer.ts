export type TokenKind = 'field' | 'separator' | 'newline' | 'end';

export interface Token {
  kind: TokenKind;
  value: string;
  signature: string;
}

const QUOTE = '"';
const MAX_FIELD = 64 * 1024;

export class CsvTokenizer {
  private position = 0;

  constructor(
    private readonly input: string,
    private readonly separator = ',',
  ) {}

  next(): Token {
    const token = this.read();
    return { ...token, signature: `${token.kind}:${token.value.length}` };
  }

  expect(token: Token, expected: string): void {
    if (token.signature !== expected && token.value !== expected) {
      throw new SyntaxError(`expected ${expected} at offset ${this.position}`);
    }
  }

  private read(): Omit<Token, 'signature'> {
    if (this.position >= this.input.length) return { kind: 'end', value: '' };
    const char = this.input[this.position];
    if (char === this.separator) {
      this.position += 1;
      return { kind: 'separator', value: char };
    }
    if (char === '\n') {
      this.position += 1;
      return { kind: 'newline', value: char };
    }
    return { kind: 'field', value: char === QUOTE ? this.quoted() : this.plain() };
  }

  private plain(): string {
    const start = this.position;
    while (this.position < this.input.length) {
      const token = this.input[this.position];
      if (token === this.separator || token === '\n') break;
      this.position += 1;
      if (this.position - start > MAX_FIELD) throw new RangeError('field is too long');
    }
    return this.input.slice(start, this.position).replace(/\r$/, '');
  }

  private quoted(): string {
    const end = this.input.indexOf(QUOTE, this.position + 1);
    if (end === -1 || end - this.position > MAX_FIELD) throw new SyntaxError('quote is not closed');
    const value = this.input.slice(this.position + 1, end);
    this.position = end + 1;
    return value;
  }
}
