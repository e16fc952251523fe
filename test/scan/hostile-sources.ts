/** Files that are written to hurt a scanner. Each is within the size that is scanned. */
export const HOSTILE_SOURCES: readonly {
  readonly language: string
  readonly path: string
  readonly text: string
}[] = [
  { language: 'php', path: 'nested.php', text: `<?php\n${'f([fn() => $a->b('.repeat(20_000)}` },
  { language: 'php', path: 'chained.php', text: `<?php\n$a${'->b()'.repeat(20_000)};` },
  { language: 'php', path: 'literal.php', text: `<?php\n$a = '${'x'.repeat(400_000)}';` },
  {
    language: 'php',
    path: 'broken.php',
    text: `<?php\n${'class { use {; -> :: ([#['.repeat(10_000)}`,
  },
  { language: 'ruby', path: 'nested.rb', text: 'f([->(a) { b.c('.repeat(20_000) },
  { language: 'ruby', path: 'chained.rb', text: `a${'.b()'.repeat(20_000)}` },
  { language: 'ruby', path: 'literal.rb', text: `a = '${'x'.repeat(400_000)}'` },
  { language: 'ruby', path: 'broken.rb', text: 'class def do |; end <<~A #{ %w( '.repeat(10_000) },
  {
    language: 'java',
    path: 'Nested.java',
    text: `class A { void b() { ${'f(() -> new B(c.d('.repeat(20_000)}`,
  },
  {
    language: 'java',
    path: 'Chained.java',
    text: `class A { void b() { a${'.b()'.repeat(20_000)}; } }`,
  },
  {
    language: 'java',
    path: 'Literal.java',
    text: `class A { String a = "${'x'.repeat(400_000)}"; }`,
  },
  {
    language: 'java',
    path: 'Broken.java',
    text: 'class { @A( import <T> new ::-> ;'.repeat(10_000),
  },
  { language: 'kotlin', path: 'Nested.kt', text: `fun a() { ${'f { A(b.c('.repeat(20_000)}` },
  { language: 'kotlin', path: 'Chained.kt', text: `val a = b${'.c()'.repeat(20_000)}` },
  { language: 'kotlin', path: 'Literal.kt', text: `val a = "${'x'.repeat(400_000)}"` },
  { language: 'kotlin', path: 'Broken.kt', text: 'class fun ( @A val by { ?. <T> '.repeat(10_000) },
]
