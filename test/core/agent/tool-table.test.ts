import { describe, expect, test } from 'vitest'
import { describeTools, TOOLS } from '#core/agent/tool-table'

const tools = describeTools()

describe('the tools that the model is offered', () => {
  test('are these seven, and none writes to GitHub', () => {
    expect(tools.map((tool) => tool.name)).toEqual([
      'read_file',
      'list_files',
      'search_code',
      'memory',
      'report_finding',
      'dismiss_evidence',
      'finish_review',
    ])
  })

  test.each(tools.map((tool) => [tool.name, tool.inputSchema] as const))(
    'the schema of %s is one closed object without alternatives at its top',
    (_, schema) => {
      expect(schema).toMatchObject({ type: 'object', additionalProperties: false })
      expect(Object.keys(schema)).not.toEqual(expect.arrayContaining(['anyOf']))
      expect(Object.keys(schema)).not.toEqual(expect.arrayContaining(['oneOf']))
    },
  )

  test('no input names a commit, a repository or an address', () => {
    const names = tools.flatMap((tool) => Object.keys(tool.inputSchema['properties'] ?? {}))
    for (const word of ['ref', 'sha', 'commit', 'repo', 'repository', 'owner', 'url']) {
      expect(names).not.toContain(word)
    }
  })

  test('are described by the same bytes each time', () => {
    expect(JSON.stringify(describeTools())).toBe(JSON.stringify(tools))
  })
})

describe('inputs', () => {
  const finding = {
    class: 'timeout',
    impact: 'serious',
    likelihood: 'possible',
    path: 'a.ts',
    anchor: 'R1:abc',
    title: 'T',
    scenario: 'S',
    fix: 'F',
    evidence: [{ path: 'a.ts', anchor: 'R1:abc' }],
  }

  test.each<[string, keyof typeof TOOLS, unknown, boolean]>([
    ['a finding', 'report_finding', finding, true],
    ['a finding of an unknown class', 'report_finding', { ...finding, class: 'style' }, false],
    ['a finding that grades itself', 'report_finding', { ...finding, severity: 'high' }, false],
    ['a finding without evidence', 'report_finding', { ...finding, evidence: [] }, false],
    [
      'a finding with nine citations',
      'report_finding',
      { ...finding, evidence: Array(9).fill(finding.evidence[0]) },
      false,
    ],
    ['a finding with a blank title', 'report_finding', { ...finding, title: '  ' }, false],
    ['a view', 'memory', { command: 'view', path: '/memories' }, true],
    ['a create without text', 'memory', { command: 'create', path: '/memories/a.md' }, false],
    [
      'a view with the fields of a create',
      'memory',
      { command: 'view', path: '/memories', file_text: 'x' },
      false,
    ],
    ['an unknown command', 'memory', { command: 'chmod', path: '/memories' }, false],
    ['a read with a commit', 'read_file', { path: 'a', sha: 'x' }, false],
    ['a read beyond the page size', 'read_file', { path: 'a', limit: 10_000 }, false],
    [
      'a dismissal of no number',
      'dismiss_evidence',
      { id: '1', reason: 'r', evidence: finding.evidence },
      false,
    ],
    [
      'a finish with a grade of its own',
      'finish_review',
      { summary: 's', risk: 'none', complexity: 'low' },
      false,
    ],
    ['a finish', 'finish_review', { summary: 's', risk: 'low', complexity: 'low' }, true],
  ])('%s', (_, name, input, valid) => {
    expect(TOOLS[name].input.safeParse(input).success).toBe(valid)
  })
})
