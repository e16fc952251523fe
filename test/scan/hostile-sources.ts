import type { Language } from '#core/facts/fact'

/** How many levels or links a hostile file has. */
const MANY = 20_000

/** Files that are made to make trouble, and one line beside them that must keep its facts. */
export interface HostileSources {
  readonly path: string
  /** A file with one call of `client.post`. */
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
  typescript: {
    path: 'a.ts',
    good: 'client.post(url)\n',
    nested: nested('f(', ')'),
    chained: `a${'.b()'.repeat(MANY)}`,
    literal: list('const a = [', ']'),
    broken: 'class { ( function const = client.post(`${',
  },
  tsx: {
    path: 'a.tsx',
    good: 'client.post(url)\n',
    nested: nested('<a>', '</a>'),
    chained: `a${'.b()'.repeat(MANY)}`,
    literal: list('const a = [', ']'),
    broken: 'const a = <div><</ client.post(',
  },
  javascript: {
    path: 'a.js',
    good: 'client.post(url)\n',
    nested: nested('[', ']'),
    chained: `a${'.b()'.repeat(MANY)}`,
    literal: list('const a = [', ']'),
    broken: 'class { ( function const = client.post(`${',
  },
  python: {
    path: 'a.py',
    good: 'client.post(url)\n',
    nested: nested('f(', ')'),
    chained: `a${'.b()'.repeat(MANY)}`,
    literal: list('a = [', ']'),
    broken: 'def ( class :\n\tx = client.post("""\n  (',
  },
  go: {
    path: 'a.go',
    good: 'package a\nfunc f() { client.post(url) }\n',
    nested: `package a\nvar a = ${nested('f(', ')')}`,
    chained: `package a\nvar a = b${'.b()'.repeat(MANY)}`,
    literal: `package a\n${list('var a = []int{', '}')}`,
    broken: 'package\nfunc ( { client.post(`\n struct } type',
  },
  php: {
    path: 'a.php',
    good: '<?php\n$client->post($url);\n',
    nested: `<?php\n${'f([fn() => $a->b('.repeat(MANY)}`,
    chained: `<?php\n$a${'->b()'.repeat(MANY)};`,
    literal: `<?php\n$a = '${'x'.repeat(400_000)}';`,
    broken: `<?php\n${'class { use {; -> :: ([#['.repeat(10_000)}`,
  },
  ruby: {
    path: 'a.rb',
    good: 'client.post(url)\n',
    nested: 'f([->(a) { b.c('.repeat(MANY),
    chained: `a${'.b()'.repeat(MANY)}`,
    literal: `a = '${'x'.repeat(400_000)}'`,
    broken: 'class def do |; end <<~A #{ %w( '.repeat(10_000),
  },
  java: {
    path: 'A.java',
    good: 'class A { void b() { client.post(url); } }\n',
    nested: `class A { void b() { ${'f(() -> new B(c.d('.repeat(MANY)}`,
    chained: `class A { void b() { a${'.b()'.repeat(MANY)}; } }`,
    literal: `class A { String a = "${'x'.repeat(400_000)}"; }`,
    broken: 'class { @A( import <T> new ::-> ;'.repeat(10_000),
  },
  kotlin: {
    path: 'A.kt',
    good: 'fun a() { client.post(url) }\n',
    nested: `fun a() { ${'f { A(b.c('.repeat(MANY)}`,
    chained: `val a = b${'.c()'.repeat(MANY)}`,
    literal: `val a = "${'x'.repeat(400_000)}"`,
    broken: 'class fun ( @A val by { ?. <T> '.repeat(10_000),
  },
  csharp: {
    path: 'a.cs',
    good: 'class A { void F() { client.post(url); } }\n',
    nested: `class A { object a = ${nested('f(', ')')}; }`,
    chained: `class A { object a = b${'.b()'.repeat(MANY)}; }`,
    literal: `class A { ${list('int[] a = {', '};')} }`,
    broken: 'class { void ( client.post("',
  },
  rust: {
    path: 'a.rs',
    good: 'fn f() { client.post(url); }\n',
    nested: `fn f() { ${nested('f(', ')')} }`,
    chained: `fn f() { a${'.b()'.repeat(MANY)} }`,
    literal: list('const A: [i32] = [', '];'),
    broken: 'fn ( impl { client.post(r#"',
  },
}
