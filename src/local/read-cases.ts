import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { type LabelledCase, readExpected } from '#core/evaluation/case'
import { complaintLine, Problem } from '#core/problem'
import type { SourceText } from '#core/text/source-text'

/**
 * The labelled cases of a folder: one folder each, with `expected.yml`, `head` and, where something
 * stood there before, `base`.
 *
 * @throws Problem `cases.unreadable` that names every complaint with file and line
 */
export async function readCases(directory: string): Promise<readonly LabelledCase[]> {
  const names = await caseFolders(directory)
  const complaints: string[] = []
  const cases: LabelledCase[] = []
  for (const name of names) {
    const folder = join(directory, name)
    const path = join(folder, 'expected.yml')
    const read = readExpected({ path, text: await readFile(path, 'utf8') })
    if (!read.ok) complaints.push(...read.complaints.map(complaintLine))
    else {
      const [base, head] = await Promise.all([side(folder, 'base'), side(folder, 'head')])
      const absent = [...read.value.defects, ...read.value.also]
        .filter((defect) => !head.some((file) => file.path === defect.path))
        .map((defect) => `${path}: there is no head/${defect.path}`)
      complaints.push(...absent)
      cases.push({ id: name, expected: read.value, base, head })
    }
  }
  if (complaints.length === 0) return cases
  throw new Problem('cases.unreadable', 'told', `Cases cannot be used:\n${complaints.join('\n')}`)
}

async function caseFolders(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true }).catch(() => {
    throw new Problem('cases.unreadable', 'told', `There is no folder ${directory}`)
  })
  const names = entries
    .filter((name) => /[\\/]expected\.yml$/.test(name))
    .map((name) => name.replace(/[\\/]expected\.yml$/, ''))
    .sort()
  if (names.length > 0) return names
  const needed = 'a case is a folder with expected.yml, head/ and base/'
  throw new Problem('cases.unreadable', 'told', `${directory} holds no labelled cases: ${needed}`)
}

async function side(folder: string, name: 'base' | 'head'): Promise<readonly SourceText[]> {
  const root = join(folder, name)
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  return Promise.all(
    files.map(async (file) => ({
      path: relative(root, file).replaceAll('\\', '/'),
      text: await readFile(file, 'utf8'),
    })),
  )
}
