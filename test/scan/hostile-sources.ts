import type { Language } from '#core/facts/fact'

/** How many levels or links a hostile file has. */
const MANY = 20_000

/** Files that are made to make trouble, and one line beside them that must keep its facts. */
export interface HostileSources {
  readonly path: string
  /** A file with one call of `client.post`, as the language writes it. */
  readonly good: string
  readonly nested: string
  readonly chained: string
  readonly literal: string
  readonly broken: string
}

const nested = (open: string, close: string) => open.repeat(MANY) + close.repeat(MANY)
const list = (open: string, close: string) => `${open}${'1, '.repeat(50_000)}1${close}`

/** An entry for each language that has packs; the contract test counts them. */
export const HOSTILE_SOURCES: Readonly<Partial<Record<Language, HostileSources>>> = {
  php: {
    path: 'a.php',
    good: '<?php\n$client->post($url);\n',
    nested: `<?php\n$a = ${nested('f([fn() => ', '])')};`,
    chained: `<?php\n$a${'->b()'.repeat(MANY)};`,
    literal: `<?php\n${list('$a = [', '];')}`,
    broken: '<?php\nclass { use {; -> :: ([#[ $client->post("',
  },
  ruby: {
    path: 'a.rb',
    good: 'client.post(url)\n',
    nested: nested('f(->(a) { ', ' })'),
    chained: `a${'.b()'.repeat(MANY)}`,
    literal: list('a = [', ']'),
    broken: 'class def do |; end <<~A #{ %w( client.post("',
  },
  java: {
    path: 'A.java',
    good: 'class A { void f() { client.post(url); } }\n',
    nested: `class A { Object a = ${nested('f(() -> ', ')')}; }`,
    chained: `class A { Object a = b${'.b()'.repeat(MANY)}; }`,
    literal: `class A { ${list('int[] a = {', '};')} }`,
    broken: 'class { @A( import <T> new ::-> ; client.post("',
  },
  kotlin: {
    path: 'A.kt',
    good: 'fun f() { client.post(url) }\n',
    nested: `val a = ${nested('f { A(', ') }')}`,
    chained: `val a = b${'.c()'.repeat(MANY)}`,
    literal: list('val a = listOf(', ')'),
    broken: 'class fun ( @A val by { ?. <T> client.post("',
  },
}
