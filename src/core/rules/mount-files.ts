import { type CodeFile, isPython, isScript } from '#core/rules/code'
import { candidatesFor, importsOf } from '#core/rules/imports'

/** Files that may take what others deliver: only for them it matters what stands before routes. */
const MAY_TAKE =
  /web-?_?hook|(?:^|[^a-z])(?:hooks?|ipn|callbacks?|notifications?|events?)(?:[^a-z]|$)/i
/** Handlers that a router may wrap. */
const ANSWERS =
  /\b(?:req|request|ctx|c)\.(?:body|json|data|POST|text)\b|http\.ResponseWriter|gin\.Context|echo\.Context|fiber\.Ctx|ActionController|ApplicationController|\bController\b/
const APPS = ['app', 'server', 'index', 'main']
const GO_ROUTERS = ['router', 'routes', 'middleware', 'server', 'handler', 'handlers', 'webhooks']
const DJANGO_SETTINGS = ['config/settings.py', 'config/settings/base.py', 'settings.py']

/**
 * Files in which a framework keeps what stands before the handlers of a file, and which the file
 * does not name: routes of Laravel, base classes and concerns of Rails, settings of Django, the
 * application of Express, a package's router in Go.
 */
export function mountFilesFor(file: CodeFile): readonly string[] {
  const { path, language, text } = file
  const laravel = /^(.*?)app\/Http\/Controllers\//.exec(path)?.[1]
  if (language === 'php' && laravel !== undefined)
    return ['api', 'web', 'webhooks'].map((name) => `${laravel}routes/${name}.php`)
  if (!MAY_TAKE.test(path) && !MAY_TAKE.test(text.slice(0, 4_000))) return []
  if (language === 'ruby') return railsFiles(file)
  if (!ANSWERS.test(text)) return []
  if (isScript(language)) return appFiles(path)
  if (isPython(file)) return /\bdjango\b|rest_framework/.test(text) ? djangoFiles(path) : []
  if (language !== 'go') return []
  const folder = folderOf(path)
  return GO_ROUTERS.map((name) => `${folder}${name}.go`).filter((one) => one !== path)
}

/** The own modules that such a file puts before routes: middleware by its import or its full name. */
export function modulesMountedIn(file: CodeFile): readonly (readonly string[])[] {
  const { text, path, language } = file
  if (isPython(file)) {
    const list = /\bMIDDLEWARE\s*=\s*[[(]([^\])]{0,4000})/.exec(text)?.[1] ?? ''
    return [...list.matchAll(/["']([\w.]{1,200})\.\w+["']/g)]
      .map(([, module = '']) => module)
      .filter((module) => !module.startsWith('django.'))
      .map((module) =>
        candidatesFor(path.replace(/[^/]*\/settings\b/, 'settings'), module, language),
      )
  }
  if (!isScript(language)) return []
  const used = new Set(
    [...text.matchAll(/\.(?:use|register|addHook)\(([^\n]{1,200})/g)].flatMap(
      ([, args = '']) => args.match(/[\w$]+/g) ?? [],
    ),
  )
  return importsOf(file)
    .filter(({ local }) => used.has(local))
    .map(({ module }) => candidatesFor(path, module, language))
    .filter((paths) => paths.length > 0)
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)

/** `class X < Webhooks::BaseController` and `include ShopifySigned`, by the names of their files. */
function railsFiles({ path, text }: CodeFile): readonly string[] {
  const root = /^(.*?)app\/controllers\//.exec(path)?.[0]
  if (root === undefined) return []
  const bases = [...text.matchAll(/^[ \t]*class\s+[\w:]+\s*<\s*([\w:]+)/gm)].map(
    ([, one = '']) => one,
  )
  const mixins = [...text.matchAll(/^[ \t]*include\s+([\w:]+)/gm)].map(([, one = '']) => one)
  const folder = folderOf(path)
  return [
    ...bases.flatMap((one) => [`${root}${railsPath(one)}.rb`, `${folder}${railsPath(one)}.rb`]),
    ...mixins.map((one) => `${root}concerns/${railsPath(one)}.rb`),
  ].filter((one, at, all) => one !== path && all.indexOf(one) === at)
}

function railsPath(name: string): string {
  return name
    .replace(/^::/, '')
    .replaceAll('::', '/')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
}

/** The files above a route that make the application and mount its routers. */
function appFiles(path: string): readonly string[] {
  const ending = /\.[cm]?[jt]sx?$/.exec(path)?.[0].replace('x', '') ?? '.ts'
  return foldersAbove(path).flatMap((folder) => APPS.map((name) => `${folder}${name}${ending}`))
}

function djangoFiles(path: string): readonly string[] {
  const folder = folderOf(path)
  const top = foldersAbove(path)[0] ?? ''
  return [
    `${folder}middleware.py`,
    ...DJANGO_SETTINGS,
    `${top}settings.py`,
    `${top}middleware.py`,
  ].filter((one) => one !== path)
}

/** The two folders above a file's own, and the sources' root, the outermost first. */
function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1)
  const depths = [...new Set([parts.length - 2, parts.length - 1])].filter((depth) => depth >= 0)
  return depths.map((depth) =>
    parts
      .slice(0, depth)
      .map((part) => `${part}/`)
      .join(''),
  )
}
