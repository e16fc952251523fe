import { pathFacts } from '#core/filter/file-kind'
import { type SelectionInput, selectFiles } from '#core/filter/select-files'
import type { Catalog } from '#core/providers/catalog'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import { decisionsWithout, type JudgedFile } from './judged-file.ts'
import { readOwnFiles } from './own-files.ts'

/** The filter's decisions about the files of our own, each a change of its own. */
export function judgeOwn(catalog: Catalog): readonly JudgedFile[] {
  return readOwnFiles().flatMap(({ file, text, label, because }) => {
    const input: SelectionInput = {
      files: [file],
      sources: new Map([[file.path, text]]),
      catalog,
      settings: DEFAULT_SETTINGS,
    }
    const [decision] = selectFiles(input)
    if (decision === undefined) return []
    const without = decisionsWithout(input, new Set([file.path])).get(file.path) ?? new Map()
    const language = pathFacts(file.path).language ?? 'other'
    return [{ place: file.path, language, label, because, decision, without }]
  })
}
