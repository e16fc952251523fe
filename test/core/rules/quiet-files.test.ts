import { expect, test } from 'vitest'
import { quietBecause, testsFrom } from '#core/rules/quiet-files'

test.each([
  'test/hooks.ts',
  'src/__tests__/hooks.ts',
  'src/hooks.test.ts',
  'src/hooks.spec.tsx',
  'app/tests/test_hooks.py',
  'app/test_hooks.py',
  'app/conftest.py',
  'examples/stripe/server.js',
  'vendor/lib/a.js',
  'src/api_pb2.py',
  'src/types.d.ts',
  'packages/a/dist/index.js',
  'public/app.min.js',
  'mocks/stripe.ts',
  'app/src/androidTest/java/com/acme/Hooks.kt',
  'Acme.Shop.Tests/Support.cs',
  'src/com/acme/HooksTest.java',
  'server/load_tests/scenarios/checkout.py',
  'internal/suites/suite_pam.go',
  'crates/acme_smoke_test/src/api.rs',
  '.semgrep/security/requests/no-requests.py',
  'shop/orders/tests.py',
  'bridge/src/receiver/tests.rs',
  'database/seeders/DevelopmentProjectsSeeder.php',
  'scripts/seed-transfer-demo.php',
  'tools/k6/shared.js',
  'tools/oauth-tester/src/main.rs',
  'appTestUtil/src/main/java/com/acme/Accounts.kt',
  'packages/testcontainers/src/webapp.ts',
  'sandbox/Acme.Sandbox.Client/Startup.cs',
  'acceptance/support/http.ts',
])('%s is not judged', (path) => {
  expect(quietBecause(path, 'x')).not.toBeNull()
})

test.each([
  'src/hooks.ts',
  'app/attestation.py',
  'src/latest.ts',
  'src/com/acme/Latest.java',
  'src/com/acme/Audit.kt',
  'Acme.Contest/Rules.cs',
  'src/contest/rules.py',
  'src/testimonials.ts',
  'app/mocking_bird.py',
  'src/distribution.ts',
  'app/api/webhooks/stripe/route.ts',
  'app/ab_tests/variants.py',
  'hotel/suites/booking.py',
  'database/seeders/CountriesSeeder.php',
  'lib/payments/requests.py',
  'lib/websocket/hub.py',
  'src/lib/requests/client.ts',
  'src/latestUtil/rates.ts',
  'src/paypal/sandbox/client.ts',
  'src/contracts/acceptance/sign.ts',
  'src/contestKit/rules.ts',
])('%s is judged', (path) => {
  expect(quietBecause(path, 'x')).toBeNull()
})

test('what a minifier wrote is not judged', () => {
  expect(quietBecause('src/a.ts', `var a=${'1+'.repeat(4_000)}1`)).toBe('minified')
})

test.each([
  ['rules/requests.py', '# ruleid: no-requests\nrequests.get(url)'],
  ['src/a.ts', '/** @generated */\nfetch(url)'],
  ['src/a.py', '# a helper of tests: import pytest\nrequests.get(url)'],
])('no comment hides %s', (path, text) => {
  expect(quietBecause(path, text)).toBeNull()
})

test('a Go file that takes the testing package is a helper of tests, whatever its name', () => {
  expect(quietBecause('internal/suites/duo.go', 'import (\n\t"testing"\n)')).toBe(
    'a helper of tests',
  )
  expect(quietBecause('internal/suites/duo.go', 'var mode = "testing"')).toBeNull()
})

test('the tests at the end of a Rust file are told from the code before them', () => {
  const text = 'fn client() {}\n\n#[cfg(test)]\n#[allow(dead_code)]\nmod tests {\n}\n'
  expect(testsFrom('src/lib.rs', text)).toBe(3)
  expect(testsFrom('src/lib.rs', '#[cfg(test)]\nuse std::fs;\nfn client() {}')).toBeNull()
  expect(testsFrom('src/lib.ts', text)).toBeNull()
})

test.each([
  ['shop/load.py', 'from locust import HttpUser, task'],
  ['src/support/server.ts', "import { beforeAll } from 'vitest'"],
  ['src/main/java/com/acme/Stubs.java', 'import org.junit.jupiter.api.Assertions;'],
])('%s is made for tests, as what it takes says', (path, text) => {
  expect(quietBecause(path, text)).not.toBeNull()
})
