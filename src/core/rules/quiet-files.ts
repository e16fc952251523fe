/** Folders and names whose code does not run in production. */
const QUIET_PATH =
  /(?:^|\/)(?:android[tT]est|testFixtures|__tests__|__mocks__|__fixtures__|tests?|testing|specs?|e2e|cypress|mocks?|fakes?|stubs?|fixtures?|testdata|test-data|examples?|samples?|demos?|docs?|storybook|stories|benchmarks?|node_modules|vendor|vendored|third[_-]party|site-packages|dist|build|out|generated|__generated__|gen|migrations|coverage|\.venv|venv)\//i
const QUIET_NAME =
  /(?:^|\/)(?:[^/]*[._-](?:test|tests|spec|mock|mocks|stub|fixture|fixtures|stories|e2e|example|sample|generated|gen|pb|min)\.[a-z]+|test_[^/]*\.(?:py|rs)|[^/]*_pb2(?:_grpc)?\.py|conftest\.py|setup\.py|[^/]*\.d\.[cm]?ts|[^/]*\.(?:g|designer)\.cs|(?:jest|vitest|webpack|vite|rollup|babel|eslint|playwright|tailwind|postcss|next)\.[\w.]*config\.[a-z]+)$/i
/** Folders of tests that say which tests, and of what such tests stand on. */
const TESTS_OF_A_KIND =
  /(?:^|\/)(?:(?:\w{1,40}[-_])?(?:acceptance|api|browser|contract|e2e|end-?to-?end|functional|fuzz|integration|load|mutation|perf|performance|regression|smoke|stress|system|ui|unit)[-_.]?tests?|tests?[-_](?:suites?|utils?|support|helpers?|lib|cases|harness|fixtures)|testsuites?|testkit|testdrive|loadtest\w*|benchmarking|\.?semgrep(?:[-_]rules)?|(?<=(?:^|\/)(?:tools?|cmd|bin)\/)[\w-]{1,40}[-_]tester|k6|gatling|locust|jmeter|suites(?=\/[^/]*suite))\//i
/** Modules on which tests stand: `appTestUtil/`, `test-containers/`; `latestUtil/` is none. */
const TEST_MODULE =
  /(?:^|\/)(?:[\w-]{0,40}[a-z]Test|(?:[\w-]{0,40}[-_])?test)[-_]?(?:[uU]til|[sS]upport|[cC]ontainer|[kK]it)s?\//
const TESTS_FILE = /(?:^|\/)(?:tests?\.(?:py|rs)|locustfile\w*\.py)$/
/**
 * Programs to try a library with, and what drives it from outside; deeper in the tree a sandbox is
 * where a provider lets others test, and an acceptance one of a contract.
 */
const SANDBOX = /^(?:sandbox(?:es)?|acceptance)\//i
/** What fills a database with things that nobody owns. */
const DEMO_DATA =
  /(?:^|\/)(?:(?:demo|dummy|sample)[-_]?data\/|(?:Demo|Dev|Development|Dummy|Fake|Sample)\w{0,60}Seeder\.\w+$|(?:seed\w*[-_](?:[\w-]{0,60}[-_])?(?:demo|dev|development|sample)|(?:demo|dev|development|sample)[-_](?:[\w-]{0,60}[-_])?seed\w*)\.\w+$)/
/** Classes and projects of tests; their names are told from `Latest` and `Audit` by their capitals. */
const TEST_CLASS =
  /[a-z0-9_](?:Tests?|TestCase|IT)\.(?:java|kt|cs)$|(?:^|\/)[\w-]+\.(?:[\w-]+\.)*(?:[A-Z]\w*)?Tests?\//

/** Helpers of tests stand beside the code in Go, and take what only tests have. */
const GO_TEST_HELPER = /^\s*(?:\w+\s+)?"(?:testing|github\.com\/stretchr\/testify\/\w+)"$/m
/** What only tests and loads of tests take; code that serves would not start with it. */
const OF_TESTS =
  /^(?:import pytest\b|from pytest\b|from locust\b|import locust\b|import (?:static )?(?:org\.junit|org\.mockito|io\.gatling|kotlin\.test|io\.kotest)\.|using (?:Xunit|NUnit\.Framework|Moq);|use PHPUnit\\|RSpec\.(?:describe|shared_\w+)\b|import [^\n;]{1,200} from ['"](?:vitest|@jest\/globals|@playwright\/test|chai|supertest|mocha|k6(?:\/\w+)?)['"])/m

/** In Rust, tests are a module at the end of the file they test. */
const RUST_TESTS =
  /^[ \t]*#\[cfg\((?:all\()?test\b[^\]\n]*\]\s*(?:#\[[^\]\n]*\]\s*)*(?:pub(?:\(\w+\))?\s+)?mod\s+\w+\s*\{/m
/** Nobody writes such lines by hand. */
const MINIFIED_LINE = 5_000

const QUIET_PATHS = [
  QUIET_PATH,
  QUIET_NAME,
  TEST_CLASS,
  TESTS_OF_A_KIND,
  TEST_MODULE,
  TESTS_FILE,
  SANDBOX,
  DEMO_DATA,
]

/**
 * Why rules do not judge a file, or null when they do. Facts are still read from it. No comment can
 * bring this about: a change could hide its own files with one.
 */
export function quietBecause(path: string, text: string): string | null {
  if (QUIET_PATHS.some((one) => one.test(path)))
    return 'a test, example, vendored or generated file by its path'
  if (OF_TESTS.test(text)) return 'a helper of tests'
  if (path.endsWith('.go') && GO_TEST_HELPER.test(text)) return 'a helper of tests'
  if (text.split('\n', 50).some((line) => line.length > MINIFIED_LINE)) return 'minified'
  return null
}

/** The line from which on a file is tests, or null when it has none. */
export function testsFrom(path: string, text: string): number | null {
  const tests = path.endsWith('.rs') ? RUST_TESTS.exec(text) : null
  return tests === null ? null : text.slice(0, tests.index).split('\n').length
}
