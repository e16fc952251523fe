import { isSpecification } from '#core/filter/configuration-hits'
import type { PathFacts } from '#core/filter/file-kind'
import type { Hit } from '#core/filter/hit'
import type { CodeLine } from '#core/filter/read-lines'
import { isOnWire } from '#core/filter/wire-marks'

/** From this on a path says that everything below it is an integration, its index file too. */
const OWN_FOLDER = 0.44

/** From this on a path names an integration, be it one that keeps its own rows. */
const NAMED = 0.3

/** Modules that only code in a browser or a phone uses. */
const COMPONENT =
  /\bfrom\s*['"](?:react|react-dom|react-native|vue|svelte|swr|pinia|next-auth\/react|@angular\/core|@tanstack\/[a-z]+-query|@reduxjs\/toolkit|redux|react-redux|mobx|mobx-react(?:-lite)?|vuex|recoil|jotai|@ngrx\/[a-z-]+|@grafana\/ui)(?:\/[^'"]{0,60})?['"]/
/** Who only makes an element, or names its type, draws a mail or a document on a server. */
const ONLY_ELEMENT =
  /^\s*import\s+(?:type\s*)?\{\s*(?:(?:type\s+)?(?:createElement|ReactElement|JSXElementConstructor)[\s,]{0,4}){1,3}\}\s*from\s*['"]react['"]/
/** Things that only a browser has. */
const BROWSER =
  /(?<![\w.])\$\((?:['"`][.#\w]|document|this)|\b(?:window|document|localStorage|sessionStorage|navigator)\.\w|\bimport\.meta\.env\b|\bfrom\s*['"][^'"]{1,120}\.(?:vue|svelte|[tj]sx|s?css)['"]/
/** Things that only a server has. */
const SERVER =
  /\bprocess\.env\b|['"](?:node:[\w/]+|express|fastify|koa|hono|@nestjs\/\w+|pg|pg-boss|knex|typeorm|ioredis|@prisma\/client)['"]/
/** What frameworks mark as a server's, and the one part of React that only a server uses. */
const ONLY_SERVER =
  /['"]server-only['"]|^\s*['"]use server['"]|\{\s*cache\s*\}\s*from\s*['"]react['"]/
/** Toolkits that draw screens in code. */
const DRAWS =
  /^\s*import\s+(?:androidx\.compose\.|androidx\.lifecycle\.(?:(?:Android)?ViewModel|viewModelScope)\b|androidx\.(?:fragment\.app\.(?:Fragment|DialogFragment)|appcompat\.app\.\w+|recyclerview\.widget\.\w+|preference\.Preference\w*)\b|android\.view\.(?:View|ViewGroup|LayoutInflater|MenuItem|Menu)\b|android\.widget\.|com\.google\.android\.material\.|SwiftUI\b|UIKit\b|['"]package:flutter\/)|^\s*use\s+(?:Livewire\\Component|Filament\\\w+)|^\s*class\s+[\w:]+\s*<\s*(?:Avo::|Administrate::|RailsAdmin)|^\s*ActiveAdmin\.register\b/

/** What the content and the folder add to what the file's name says. */
export function refined(
  facts: PathFacts,
  named: readonly Hit[],
  lines: readonly CodeLine[],
): PathFacts {
  const has = (pattern: RegExp) => lines.some(({ text }) => pattern.test(text))
  const told = 1 - named.reduce((doubt, { weight }) => doubt * (1 - weight), 1)
  const catchAll = told < OWN_FOLDER && (facts.catchAll || importsAll(lines) || has(SETTINGS))
  const draws = lines.some(({ text }) => COMPONENT.test(text) && !ONLY_ELEMENT.test(text))
  const component = facts.language === 'js' && draws && !has(ONLY_SERVER)
  return {
    ...facts,
    catchAll,
    controller: facts.controller && told < NAMED && lines.length > SHORT,
    store: facts.store && !named.some(({ weight }) => weight >= NAMED) && !isOnWire(lines),
    component,
    browser: inBrowser(facts, component, has),
    kind: kindOf(),
  }

  function kindOf() {
    if (facts.kind === 'configuration' && isSpecification(lines)) return 'contract'
    return facts.kind === 'source' && has(DRAWS) ? 'view' : facts.kind
  }
}

/** A controller that is no longer than this does few things, and any line may tell which. */
const SHORT = 175

/** A class of the JVM that settings of a program are read into, whatever they are about. */
const SETTINGS = /^@(?:ConfigMapping|ConfigurationProperties|ConfigRoot)\b/

/** So many imports make a place where the parts of a program are put together. */
const MANY_IMPORTS = 100
const IMPORT = /^\s*(?:import|use|using|from|require)\b/

const importsAll = (lines: readonly CodeLine[]) =>
  lines.length > MANY_IMPORTS && lines.filter(({ text }) => IMPORT.test(text)).length > MANY_IMPORTS

/** A folder's word such as `store` or `public` is not enough: the code or a second word must agree. */
function inBrowser(
  { browser, browserHints, language }: PathFacts,
  component: boolean,
  has: (pattern: RegExp) => boolean,
): boolean {
  if (component) return true
  if (language !== 'js') return browser || browserHints > 0
  if (has(SERVER)) return false
  return browser || browserHints > 1 || (browserHints > 0 && has(BROWSER))
}
const MARKUP = /<\/[A-Za-z>]|\/>\s*[)},;]?\s*$|\breturn\s*\(?\s*<|<[A-Z]\w*\s*$/
/** What frameworks call on the server in a file that may also hold markup. */
const SERVER_EXPORT =
  /\bexport\s+(?:const|async\s+function|function)\s+(?:action|loader|GET|POST|PUT|PATCH|DELETE|getServerSideProps|handler)\b/

/** Templates always draw; a script that may hold markup does unless it only serves. */
export function drawsPage(path: string, lines: readonly CodeLine[]): boolean {
  if (!/\.[tj]sx$/i.test(path)) return true
  if (lines.some(({ text }) => MARKUP.test(text))) return true
  return !lines.some(({ text }) => SERVER_EXPORT.test(text))
}
