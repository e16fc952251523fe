import type { Report } from '#core/report/report'

/** Characters that JSON may hold as they are and a terminal would obey or hide. */
const STEERING = /[\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/g

/** The report as JSON, described by docs/report.schema.json. */
export function jsonReport(report: Report): string {
  return jsonText(report)
}

/** A value as indented JSON that is safe to print: the same value, spelled in visible characters. */
export function jsonText(value: unknown): string {
  const json = JSON.stringify(value, null, 2)
  return `${json.replace(STEERING, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`
}
