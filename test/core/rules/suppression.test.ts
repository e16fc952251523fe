import { describe, expect, test } from 'vitest'
import type { Claim } from '#core/findings/finding'
import { codeOf } from '#core/rules/code'
import { applySuppressions, suppressionsIn } from '#core/rules/suppression'

function claimAt(line: number, rule = 'call-without-timeout'): Claim {
  return {
    rule,
    class: 'timeout',
    severity: 'medium',
    proof: 'proven',
    source: 'rule',
    path: 'src/a.ts',
    side: 'RIGHT',
    startLine: line,
    line,
    title: 't',
    body: 'b',
    scenario: 's',
    fix: 'f',
    suggestion: null,
    evidence: [],
    provider: null,
    symbol: null,
  }
}

const codeIn = (...lines: string[]) =>
  codeOf([{ path: 'src/a.ts', text: lines.join('\n') }], []).files

const silenced = (claim: Claim, ...lines: string[]) =>
  applySuppressions([claim], codeIn(...lines)).suppressed.map(({ reason }) => reason)

describe('a suppression comment', () => {
  test('silences its rule or class on the next line, and on its own', () => {
    expect(
      silenced(claimAt(2), '// tech-lead-ignore call-without-timeout -- a proxy', 'x'),
    ).toEqual(['a proxy'])
    expect(silenced(claimAt(2), '/* tech-lead-ignore timeout -- a proxy */', 'x')).toEqual([
      'a proxy',
    ])
    expect(silenced(claimAt(1), 'x() # tech-lead-ignore timeout -- a proxy')).toEqual(['a proxy'])
  })

  test('stands in a row of its kind above one line', () => {
    const row = ['// tech-lead-ignore tls -- a', '// tech-lead-ignore timeout -- b', 'x']
    expect(silenced(claimAt(3), ...row)).toEqual(['b'])
    expect(silenced({ ...claimAt(3, 'certificate-not-verified'), class: 'tls' }, ...row)).toEqual([
      'a',
    ])
  })

  test('says nothing about other rules, other lines and other files', () => {
    const comment = '// tech-lead-ignore call-without-timeout -- a proxy'
    expect(
      silenced({ ...claimAt(2, 'retry-without-wait'), class: 'retry-policy' }, comment),
    ).toEqual([])
    expect(silenced(claimAt(3), comment, 'x', 'y')).toEqual([])
    expect(silenced({ ...claimAt(2), path: 'src/b.ts' }, comment, 'x')).toEqual([])
  })

  test('silences nothing without a reason', () => {
    expect(silenced(claimAt(2), '// tech-lead-ignore call-without-timeout', 'x')).toEqual([])
    expect(silenced(claimAt(2), '// tech-lead-ignore call-without-timeout --  ', 'x')).toEqual([])
  })

  test('is a comment: a string with its words is none', () => {
    const [file] = codeIn("const a = 'tech-lead-ignore timeout -- b'").values()
    expect(file === undefined ? null : suppressionsIn(file)).toEqual([])
  })
})
