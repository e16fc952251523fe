import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import * as z from 'zod'
import { type DocFile, NOTE } from './doc-file.ts'

const Requirement = z
  .strictObject({
    title: z.string(),
    /** Test file below `test/`, without its ending, to titles as they stand in it. */
    tests: z.record(z.string(), z.array(z.string().min(8)).min(1)).default({}),
    /** What is done in another way than it is asked for, and why. */
    differs: z.string().optional(),
    /** What is missing of it. */
    partly: z.string().optional(),
    /** Why it is not done. */
    refused: z.string().optional(),
  })
  .refine(
    ({ tests, partly, refused }) =>
      Object.keys(tests).length > 0 || (partly ?? refused) !== undefined,
    'is neither tested nor refused with a reason',
  )
const Requirements = z.strictObject({
  P0: z.record(z.string().regex(/^R-0\d\d$/), Requirement),
  P1: z.record(z.string().regex(/^R-\d{3}$/), Requirement),
})
export type Requirements = z.infer<typeof Requirements>

/** What a server of this kind has to bear, and the tests that show it. */
export function readRequirements(): Requirements {
  const path = new URL('requirements.yml', import.meta.url)
  return Requirements.parse(parse(readFileSync(path, 'utf8')))
}

/** The page that says of each requirement what shows it, or why it is not done. */
export function requirementsPage(): DocFile {
  const { P0, P1 } = readRequirements()
  const text = [
    '# Requirements',
    '',
    NOTE,
    '',
    'What reality asks of a reviewer that runs unattended on other people’s repositories, and the tests that show it. P0: code run, secrets or tenants leaked, work lost or done twice, unbounded cost, a wrong verdict. P1: what happens within the first weeks. Names are those of files below `test/`; titles are shortened to the test itself. Done means that it behaves so and that these tests show the heart of it; there are more of them.',
    '',
    ...section('P0', P0),
    ...section('P1', P1),
  ].join('\n')
  return { path: 'docs/requirements.md', text }
}

function section(name: string, of: Requirements['P0']): readonly string[] {
  const all = Object.entries(of)
  const count = (state: string) => all.filter(([, one]) => stateOf(one) === state).length
  return [
    `## ${name}`,
    '',
    `${all.length} requirements: ${count('done')} done, ${count('partly')} in part, ${count('refused')} refused.`,
    '',
    '| | requirement | state | shown by |',
    '|---|---|---|---|',
    ...all.map(([id, one]) => {
      const tests = Object.entries(one.tests).flatMap(([file, titles]) =>
        titles.map((title) => `${linkTo(file)}: ${cell(title)}`),
      )
      const note = one.refused ?? one.partly ?? one.differs
      const shown = [...tests, ...(note === undefined ? [] : [cell(note)])].join('<br>')
      return `| ${id} | ${cell(one.title)} | ${stateOf(one)} | ${shown} |`
    }),
    '',
  ]
}

/** A story that several files tell has no ending of a test. */
function linkTo(file: string): string {
  const path = `test/${file}.test.ts`
  const isTest = existsSync(new URL(`../../${path}`, import.meta.url))
  return `[${file}](../${isTest ? path : `test/${file}.ts`})`
}

function stateOf({ partly, refused }: z.infer<typeof Requirement>): string {
  if (refused !== undefined) return 'refused'
  return partly === undefined ? 'done' : 'partly'
}

/** Titles hold placeholders and quotes, which must stay text in a table. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('$', '&#36;')
}
