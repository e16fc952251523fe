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
]
