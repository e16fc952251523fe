import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { Inventory } from '#core/inventory/inventory'
import { Matrix } from '#core/matrix/matrix'
import { Report } from '#core/report/report'
import { Settings } from '#core/settings/settings'

/** A published JSON Schema: where it lies, relative to the package, and its text. */
export interface SchemaFile {
  readonly path: string
  readonly text: string
}

/** The schemas of what others read or write, made from the schemas that the code itself uses. */
export function schemaFiles(): readonly SchemaFile[] {
  return [
    file('docs/report.schema.json', 'Report of a review, version 1', z.toJSONSchema(Report)),
    file(
      'docs/inventory.schema.json',
      'Integrations of a repository, version 1',
      z.toJSONSchema(Inventory),
    ),
    file(
      'docs/matrix.schema.json',
      'What protects the calls and webhook handlers of a repository, version 1',
      z.toJSONSchema(Matrix),
    ),
    file(
      'docs/settings.schema.json',
      'Settings of a repository: .github/tech-lead.yml',
      // A person leaves out what has a default, so the schema of the input is the one to publish.
      z.toJSONSchema(Settings, { io: 'input' }),
    ),
  ]
}

function file(path: string, title: string, { $schema, ...schema }: object & { $schema?: unknown }) {
  return { path, text: `${JSON.stringify({ $schema, title, ...schema }, null, 2)}\n` }
}

if (import.meta.main) {
  for (const { path, text } of schemaFiles()) {
    writeFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), text)
  }
}
