import { loadProviders } from '#wiring/load-providers'
import { createCatalog } from '#core/providers/catalog'
import { selectFiles } from '#core/filter/select-files'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import { readCorpus } from '../test/core/filter/corpus.ts'
const read = await loadProviders('providers')
if (!read.ok) throw new Error(JSON.stringify(read.complaints))
const catalog = createCatalog(read.value, '2026-11-23')
for (const withText of [true, false]) {
  let tp=0,fp=0,fn=0
  for (const { file, text, label, because } of readCorpus()) {
    const [d] = selectFiles({ files: [file], sources: withText ? new Map([[file.path, text]]) : new Map(), catalog, settings: DEFAULT_SETTINGS })
    const sel = d.decision === 'selected'
    if (sel && label==='yes') tp++; else if (sel) fp++; else if (label==='yes') fn++
    const bad = sel !== (label==='yes')
    if (bad || process.argv[2]==='-v') console.log(bad?'MISS':'    ', label, d.score, file.path, because, d.reasons.map(r=>`${r.signal}:${r.detail}@${r.line}`).join(' | '))
  }
  console.log({withText, recall: tp/(tp+fn), precision: tp/(tp+fp)})
}
