import { expect, test } from 'vitest'
import { createScan } from '#scan/create-scan'
import { ownMatchers } from '../support/seen-facts.ts'
import { HOSTILE_SOURCES } from './hostile-sources.ts'

/** Less than a server allows: what is too much is met sooner. */
const scan = createScan({
  matchers: ownMatchers,
  limits: { cpuSeconds: 1, outputBytes: 20_000_000 },
})

/** One plain call, which each language must still be able to tell. */
const PLAIN: Readonly<Record<string, { readonly path: string; readonly text: string }>> = {
  php: { path: 'plain.php', text: '<?php\n$client->send($order);\n' },
  java: { path: 'Plain.java', text: 'class A { void b() { client.send(order); } }\n' },
  kotlin: { path: 'Plain.kt', text: 'fun a() { client.send(order) }\n' },
  ruby: { path: 'plain.rb', text: 'client.send(order)\n' },
}

test.each(HOSTILE_SOURCES.map((source) => [source.path, source] as const))(
  '%s ends within the limits, and the file beside it keeps its facts',
  async (_, { language, ...hostile }) => {
    const plain = PLAIN[language]
    if (plain === undefined) throw new Error(`no plain file in ${language}`)
    const { facts, scanned, failed } = await scan.facts([hostile, plain], 'inventory')
    expect(scanned).toContain(plain.path)
    expect([...scanned, ...failed.map(({ path }) => path)].toSorted()).toEqual(
      [hostile.path, plain.path].toSorted(),
    )
    expect(facts.some(({ path, kind }) => path === plain.path && kind === 'call')).toBe(true)
  },
  120_000,
)
