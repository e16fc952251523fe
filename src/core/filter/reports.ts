import type { Catalog } from '#core/providers/catalog'

/**
 * What monitoring is told by code of any kind. Only who sets it up, by other calls than these, deals
 * with the service behind it.
 */
const REPORTS =
  /^(?:\.|::|->)(?:capture\w*|notify\w*|notice\w*|report\w*|warn\w*|error|info|debug|critical|fatal|log|message|exception|add\w*|set\w*|with\w*|leave\w*)$/i
const CALL = /[A-Z]\w{0,60}((?:\.|::|->)\w{1,60})/
const IMPORTS = /^\s*(?:import|from|require|gem|use|using)\b/

/** Whether a call of a provider, such as `.warning`, only reports what happened. */
export const isReport = (provider: string, call: string, catalog: Catalog) =>
  catalog.get(provider)?.category === 'monitoring' && REPORTS.test(call)

/** Whether a line names a provider for nothing but a report. */
export function isReportOn(text: string, provider: string | null, catalog: Catalog): boolean {
  if (provider === null || IMPORTS.test(text)) return false
  const call = CALL.exec(text)?.[1]
  return call !== undefined && isReport(provider, call, catalog)
}
