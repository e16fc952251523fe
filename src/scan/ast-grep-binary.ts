import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Problem } from '#core/problem'

/**
 * The packages that carry ast-grep's binary, by platform and processor:
 * https://www.npmjs.com/package/@ast-grep/cli, "optionalDependencies".
 */
const PACKAGES: Readonly<Record<string, string>> = {
  'darwin-arm64': '@ast-grep/cli-darwin-arm64',
  'darwin-x64': '@ast-grep/cli-darwin-x64',
  'linux-arm64': '@ast-grep/cli-linux-arm64-gnu',
  'linux-x64': '@ast-grep/cli-linux-x64-gnu',
  'win32-arm64': '@ast-grep/cli-win32-arm64-msvc',
  'win32-ia32': '@ast-grep/cli-win32-ia32-msvc',
  'win32-x64': '@ast-grep/cli-win32-x64-msvc',
}

/**
 * The path of ast-grep's own binary. The package's `bin` may be a script that looks for it at each
 * call, so the platform package is found directly. Throws Problem `scan.no-binary`.
 */
export function astGrepBinary(): string {
  const platform = `${process.platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  const file = process.platform === 'win32' ? 'ast-grep.exe' : 'ast-grep'
  const name = PACKAGES[platform]
  if (name !== undefined) {
    // A platform package may be nested below the package that asked for it.
    const from = [require.resolve('@ast-grep/cli/package.json')]
    const home = resolved(require, `${name}/package.json`, from)
    if (home !== null && existsSync(join(home, file))) return join(home, file)
  }
  throw new Problem(
    'scan.no-binary',
    'told',
    `ast-grep has no binary for ${platform} in node_modules: run npm ci, with optional dependencies.`,
  )
}

function resolved(require: NodeJS.Require, id: string, from: readonly string[]): string | null {
  try {
    return dirname(require.resolve(id, { paths: from.map((path) => dirname(path)) }))
  } catch {
    return null
  }
}
