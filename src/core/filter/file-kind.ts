import type { CommentStyle } from '#core/filter/strip-comments'
import type { ImportLanguage } from '#core/providers/provider'

/** What sort of file a path names; the sort decides which questions are asked of its content. */
export type FileKind =
  | 'source'
  | 'view'
  | 'manifest'
  | 'lockfile'
  | 'env-sample'
  | 'infrastructure'
  | 'workflow'
  | 'contract'
  | 'configuration'
  | 'docs'
  | 'translation'
  | 'style'
  | 'asset'
  | 'query'
  | 'other'

/** What is read off a path alone. */
export interface PathFacts {
  readonly kind: FileKind
  readonly language: ImportLanguage | null
  readonly comments: CommentStyle
  readonly test: boolean
  /** Mocks, fixtures, stories, snapshots, samples. */
  readonly stand: boolean
  readonly migration: boolean
  /** A script of a shell: it installs, builds and starts programs. */
  readonly shell: boolean
  /** Keeps rows of one's own database, by its name. */
  readonly store: boolean
  /** A file where everything meets: settings, main, routes. Its changed lines say what it is. */
  readonly catchAll: boolean
  /** Answers what users ask for, whatever it is about, by its name. */
  readonly controller: boolean
  /** Switches features of one's own on and off, which may be named after partners. */
  readonly switches: boolean
  /** Under a folder of code that runs in the browser. */
  readonly browser: boolean
  /** Folders that often hold such code, and as often something else. */
  readonly browserHints: number
  /** Built on a framework of front-ends; known by the content alone. */
  readonly component: boolean
}

const LANGUAGES: ReadonlyMap<string, readonly [ImportLanguage | null, CommentStyle]> = new Map([
  ...byExtension('js', 'c', 'ts mts cts js mjs cjs tsx jsx vue svelte astro'),
  ...byExtension('python', 'python', 'py pyi pyx'),
  ...byExtension('java', 'c', 'java kt kts scala groovy gradle'),
  ...byExtension('go', 'c', 'go'),
  ...byExtension('ruby', 'ruby', 'rb rake ru jbuilder'),
  ...byExtension('php', 'php', 'php phtml inc'),
  ...byExtension('csharp', 'c', 'cs fs vb'),
  ...byExtension('rust', 'c', 'rs'),
  ...byExtension(null, 'c', 'swift dart m mm c cc cpp h hpp proto zig cls apex trigger'),
  ...byExtension(
    null,
    'hash',
    'ex exs sh bash zsh pl pm lua r jl nim cr yml yaml toml ini conf cfg',
  ),
  ...byExtension(null, 'hash', 'env properties graphql gql graphqls ps1 clj'),
  ...byExtension(null, 'hcl', 'tf tfvars hcl bicep'),
  ...byExtension(null, 'sql', 'sql prisma'),
  ...byExtension(null, 'markup', 'html htm xml wsdl xsd csproj fsproj xhtml'),
])

function byExtension(language: ImportLanguage | null, style: CommentStyle, extensions: string) {
  return extensions.split(' ').map((name) => [name, [language, style]] as const)
}

const VIEW =
  /\.(tsx|jsx|vue|svelte|astro|html?|erb|haml|slim|twig|blade\.php|phtml|ejs|hbs|handlebars|mustache|pug|liquid|cshtml|razor|xaml|jsp|ftl|njk|storyboard|xib|heex|leex)$/
const STYLE = /\.(css|scss|sass|less|styl|pcss)$/
const ASSET =
  /\.(png|jpe?g|gif|svg|ico|webp|avif|bmp|mp[34]|mov|webm|wav|ogg|ttf|otf|woff2?|eot|pdf|zip|gz|jar|bin|wasm|csv|tsv|parquet|psd|ai|fig|map|lottie|snap)$/
const DOCS =
  /\.(md|mdx|markdown|rst|adoc|asciidoc|txt|org|tex)$|(^|\/)(_?sidebars?\.(jsonc?|[cm]?[jt]s|ya?ml)|_category_\.(json|ya?ml)|mkdocs\.ya?ml)$/
const TRANSLATION =
  /(^|\/)(locales?|i18n|l10n|lang|langs|languages|translations?|lc_messages|intl)\/.*\.(json|ya?ml|properties|po|pot|mo|xlf|xliff|ts|js|php|arb|strings|resx|ftl|toml|rb|inc|ini)$|(^|\/)languages?\/(.*\.ini|([a-z]{2,3}[-_][a-z]{2}\/.*|[a-z]{2,3}[-_][a-z]{2})\.(json|ya?ml|properties|php|xml|js|ts))$|(^|\/)messages\/(.*\.(json|ya?ml|properties|ftl|toml)|[a-z]{2}(-[a-z]{2})?\.\w+)$|\.(po|pot|mo|xlf|xliff|arb|strings|resx)$|(^|\/)(messages|strings|translations?)(_[a-z]{2}(_[A-Z]{2})?)?\.(properties|xml|json|ya?ml)$/
const LOCKFILE =
  /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|poetry\.lock|pipfile\.lock|uv\.lock|pdm\.lock|go\.sum|gemfile\.lock|composer\.lock|packages\.lock\.json|cargo\.lock|gradle\.lockfile|mix\.lock|pubspec\.lock)$/
const MANIFEST =
  /(^|\/)(package\.json|pyproject\.toml|pipfile|setup\.(py|cfg)|requirements[^/]*\.(txt|in|pip)|requirements\/[^/]+\.(txt|in)|constraints[^/]*\.txt|go\.mod|gemfile|[^/]+\.gemspec|composer\.json|[^/]+\.(csproj|fsproj|vbproj)|directory\.packages\.props|packages\.config|cargo\.toml|pom\.xml|[^/]+\.gradle(\.kts)?|libs\.versions\.toml|build\.sbt|mix\.exs|pubspec\.yaml|environment\.ya?ml)$/
const ENV_SAMPLE =
  /(^|\/)(\.env(\.[\w.-]+)?|[\w.-]*\.env(\.(sample|example|template|dist|test|local|dev|development|production|ci))?|env\.(sample|example|template|dist)|\.envrc[\w.]*|\.dev\.vars[\w.]*|\.flaskenv|secrets\.(example|sample)[\w.]*)$/
/** A sample of a settings file; who runs the program copies it. */
const SAMPLE =
  /\.(json|ya?ml|toml|ini|conf|cfg|properties)\.(sample|example|dist|template|tmpl|j2|erb)$|[-_.](sample|example)\.(ya?ml|toml|ini|conf|cfg|properties)$/
const WORKFLOW =
  /(^|\/)(\.github\/(workflows|actions)\/.*\.ya?ml|\.gitlab-ci\.ya?ml|\.circleci\/.*\.ya?ml|azure-pipelines[^/]*\.ya?ml|bitbucket-pipelines\.ya?ml|\.buildkite\/.*\.ya?ml|jenkinsfile[^/]*|\.travis\.ya?ml|\.drone\.ya?ml|\.woodpecker(\/.*)?\.ya?ml|\.(forgejo|gitea)\/workflows\/.*\.ya?ml|\.goreleaser\.ya?ml|appveyor\.yml|cloudbuild\.ya?ml|buildspec\.ya?ml|fastlane\/\w+file)$/
const INFRASTRUCTURE =
  /\.(tf|tfvars|hcl|bicep)$|(^|\/)(serverless[^/]*\.(ya?ml|ts|json)|docker-compose[^/]*\.ya?ml|compose[^/]*\.ya?ml|template\.ya?ml|sam[^/]*\.ya?ml|cloudformation[^/]*\.(ya?ml|json)|app\.ya?ml|fly\.toml|render\.ya?ml|wrangler\.(toml|jsonc?)|vercel\.json|procfile|dockerfile[^/]*|(docker-?)?entrypoint[\w.-]*\.(sh|bash)|[^/]+\.dockerfile|chart\.ya?ml|values[^/]*\.ya?ml|pulumi[^/]*\.ya?ml|localstack[^/]*\.(ya?ml|json|sh))$|(^|\/)(k8s|kubernetes|helm|charts|terraform|cloudformation|infra|infrastructure|manifests|kustomize|deploy|deployments?|ansible|argocd|pulumi|cdk)\/.*\.(ya?ml|json|toml|tpl|j2)$/
const CONTRACT =
  /\.(proto|wsdl|xsd|avsc|avdl|asyncapi|raml|thrift|graphqls|postman_collection\.json|smithy|tsp)$|(^|\/)[^/]*(openapi|swagger|asyncapi)[^/]*\.(json|ya?ml)$|(^|\/)(openapi|swagger|asyncapi|oas|wsdl|avro)\/.*\.(json|ya?ml|xml)$|(^|\/)schema\.(graphql|gql)$/
const PROVIDER_MANIFEST =
  /(^|\/)(shopify(\.app|\.extension)[^/]*\.toml|slack[_-]?manifest[^/]*\.(json|ya?ml)|sfdx-project\.json|app-manifest\.(json|ya?ml)|zapier[^/]*\.json|\.?hubspot[^/]*\.json|hsproject\.json|twilio\.ya?ml|google-services\.json|googleservice-info\.plist)$/
const TEST =
  /(^|\/)(tests?|__tests__|specs?|e2e|cypress|playwright|testing|test[-_]?(suite|utils?|support|helpers?|data|lib)|src\/(test|androidtest|integrationtest|it)|integration[-_]tests?|[\w.]+\.(unit|integration)?tests?|unittests?)\/|(^|\/)(test_[^/]+|conftest)\.py$|(_test|_spec)\.\w+$|\.(\w*test|spec|e2e|cy|e2e-spec|integration)\.[cm]?[jt]sx?$|(^|\/)[^/]*[a-z](Tests?|Spec|IT|TestCase)\.(java|kt|scala|cs|php|groovy|swift)$|\.feature$|(^|\/)(?:playwright|cypress|vitest|jest|karma|wdio|protractor|nightwatch|codecept|testcafe|phpunit|behat|cucumber)[\w.-]*\.(?:config|conf)[\w.-]*\.\w+$/
const STAND =
  /(^|\/)(__mocks__|mocks?|fixtures?|__fixtures__|stubs?|fakes?|stories|storybook|__snapshots__|samples?|examples?|demo|seeds?|factories|cassettes|vcr|playground|bench(?:es|marks?)?)\/|\.(stories|story|mock|fixture|stub)\.\w+$|(^|\/)(mock|fake|stub)[-_][^/]+$|(^|\/)([\w-]+-)?msw\//
const MIGRATION =
  /(^|\/)(migrations?|migrate|alembic|versions|flyway|liquibase|changelogs?|dbscripts|db\/(migrate|schema|structure)[^/]*|schema\/migrations)(\/|\.)|(^|\/)v\d+(_\d+)*__[^/]+\.sql$|(^|\/)(schema|structure)\.(rb|sql)$|(^|\/)drizzle\/|_snapshot\.json$|(^|\/)schemas\/[\w.]+\/\d+\.json$|modelsnapshot\.cs$/
/** A model of the domain knows of everything that touches it; what else it is, its lines must say. */
const MODEL = /(^|\/)models\/[^/]+\.(?:rb|php|py|ex|rs|[cm]?[jt]s)$/
const STORE =
  /(^|\/)(?:entit(?:y|ies)|repositor(?:y|ies)|repos|daos?|database|db|persistence)\/[^/]+$|(?:DbContext|DatabaseContext|Repository|RepositoryImpl|Dao|DaoImpl|Entity|[_-]repository|[_-]repository[_-]factory|[_-]dao)\.\w+$/
const CATCH_ALL =
  /(^|\/)((settings|config|configuration|constants?|conf|main|app|application|server|startup|program|bootstrap|routes|router|routing|urls?|container|services|(?:app)?kernel|providers|module|app\.module|boot|init|lib|types|enums?|env|environment|defaults?|setup|cli|wsgi|asgi|root|globals?|di|dependencies|core|engine|extensions|globalusings|servicecollectionextensions|startup\w*|dependencyinjection|[\w.-]*\.d|process-env|appsettings[\w.]*|global|permissions|features?|errors?|error[-_]?codes?|feature[-_]flags?)\.(ts|js|mjs|cjs|py|rb|php|go|rs|java|kt|cs|ya?ml|json|toml|properties|ini|exs?)|application[-\w]*\.(ya?ml|properties)|web\.config|next\.config\.\w+|vite\.config\.\w+|nuxt\.config\.\w+|webpack\.[\w.]+|[\w.-]*(settings|globalsettings)\.(cs|java|kt|go|rs|ts)|[\w.-]*[a-z]_config\.(go|rs|py|rb)|\w*properties\.(java|kt)|\w*module\.(kt|java)|\w*serviceprovider\.php|(config|routes)\/[^/]+\.(php|exs|rb)|settings\/[^/]+\.py|(views|forms|models|serializers)\.py|keys\.(java|kt)|context\.(java|kt|rs)|cmd\/(?:[^.]+\/[^.]+|root|serve|start|flags|commands?)\.go|bin\/[\w-]+\.\w+|__init__\.py|cargo\.toml|(?:test|spec|rails|spec_helper_)_?helper\.rb|conftest\.py|makefile|[^/]*config[^/]*\.(json|ya?ml|toml))$/
const CONTROLLER = /controllers?\.(?:rb|php|java|kt|cs|[cm]?[jt]s|py|exs?|go|rs)$/
const SWITCHES = /(^|\/)(?:features?|feature[-_]?(?:flags?|toggles?))\.[a-z]{2,4}$/
const BROWSER =
  /(^|\/)(frontend|front-end|webapp|web-app|ui|ui-[\w-]+|[\w-]+-ui|webui|javascripts|wwwroot|components?|composables|redux|widgets?|screens?|dashboard\/src|browser|resources\/(?:js|ts|assets|scripts))\//
const MAYBE_BROWSER =
  /(?<=^|\/)(?:front|client|web|javascript|js|public|assets|static|hooks|stores?|pages|views?|mobile|ios|android|www)(?=\/)/g

/** Reads off a path what can be read; the case of letters is ignored except in test class names. */
export function pathFacts(path: string): PathFacts {
  const lower = path.toLowerCase()
  const extension = /\.([a-z0-9]+)$/.exec(lower)?.[1] ?? ''
  const [language, comments] = LANGUAGES.get(extension) ?? [null, 'hash' as const]
  const isSource = language !== null || comments === 'c' || /\.(exs?|sh|pl|lua|sql)$/.test(lower)
  const kind = kindOf(lower, isSource)
  return {
    kind,
    language,
    comments: extension === 'json' ? 'none' : comments,
    // Beside `production` and `staging`, `test` names what is set up, and not what is checked.
    test: kind !== 'infrastructure' && isTest(path, lower, language),
    stand: STAND.test(lower),
    migration: MIGRATION.test(lower),
    // What starts the program in its image hands it its settings.
    shell: kind !== 'infrastructure' && /\.(?:sh|bash|zsh|ps1|bat|cmd)$/.test(lower),
    store: STORE.test(path),
    catchAll: CATCH_ALL.test(asFile(lower)) || MODEL.test(lower),
    controller: CONTROLLER.test(lower),
    switches: SWITCHES.test(lower),
    browser: BROWSER.test(lower),
    browserHints: [...lower.matchAll(MAYBE_BROWSER)].length,
    component: false,
  }
}

/** The face of a folder is what a file of its name would be: `server/mod.rs`. */
const asFile = (path: string) => path.replace(/\/(?:mod|index)(\.(?:rs|[cm]?[jt]s))$/, '$1')

/** Where PHP and the JVM keep what is shipped, a folder named `test` is a part of the program. */
const TEST_NAME = /(Tests?|Spec|IT|TestCase)\.\w+$/

function isTest(path: string, lower: string, language: ImportLanguage | null): boolean {
  const shipped =
    (language === 'php' && lower.startsWith('app/')) ||
    (language === 'java' && lower.includes('src/main/'))
  if (shipped) return TEST_NAME.test(path)
  return TEST.test(lower) || TEST.test(path)
}

/** First match wins: what a file is for stands before the language it is written in. */
const KINDS: readonly (readonly [FileKind, RegExp])[] = [
  // What editors keep beside the code configures nobody's program.
  [
    'other',
    /(^|\/)\.(vscode|idea|vs|zed|fleet)\/|(^|\/)(renovate\.json5?|\.renovaterc(\.json)?|dependabot\.ya?ml|phpunit\.xml(\.dist)?)$/,
  ],
  ['lockfile', LOCKFILE],
  ['manifest', MANIFEST],
  ['workflow', WORKFLOW],
  ['contract', CONTRACT],
  ['env-sample', ENV_SAMPLE],
  ['configuration', SAMPLE],
  ['translation', TRANSLATION],
  ['docs', DOCS],
  ['style', STYLE],
  ['asset', ASSET],
  ['contract', PROVIDER_MANIFEST],
  ['infrastructure', INFRASTRUCTURE],
  ['view', VIEW],
  // What is asked of one's own database, or of an API whose client stands elsewhere.
  ['query', /\.(graphql|gql|sql|prisma)$/],
]

function kindOf(path: string, isSource: boolean): FileKind {
  const named = KINDS.find(([, pattern]) => pattern.test(path))
  if (named) return named[0]
  if (/\.(json5?|jsonc|ya?ml|toml|ini|conf|cfg|properties|config|xml|plist)$/.test(path)) {
    return 'configuration'
  }
  return isSource ? 'source' : 'other'
}
