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
]
