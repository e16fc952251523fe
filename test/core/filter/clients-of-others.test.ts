import { describe, expect, test } from 'vitest'
import { plainReason } from '#core/filter/plain-reason'
import { added, decisionAbout, modified, shippedCatalog } from './change.ts'

const catalog = await shippedCatalog()
const decide = (path: string, text: string) => decisionAbout(added(path, text), { catalog })

describe('a file is read', () => {
  test.each([
    [
      'for a client that it is given and the key that it hands on',
      'src/Acme.Checks/PressCheck.cs',
      'public class PressCheck {\n  private readonly IPressApi _press;\n  Task Ask(Settings s) => _press.Status(s.ApiKey, s.ApiSecret);\n}',
    ],
    [
      'for a client that it asks a container for',
      'src/Acme.Checks/PressCheck.cs',
      'var press = scope.GetRequiredService<IPressApi>();\nvar state = await press.Status(settings.ApiKey);\nvar token = settings.AuthToken;',
    ],
    [
      'in the project of a client, be it a plain shape of data',
      'src/Acme.Api.Harbour/Models/Berth.cs',
      'public class Berth {\n  public string Name { get; set; }\n}',
    ],
    [
      'where its name writes OAuth as people do',
      'src/Acme/HarbourOAuthManager.cs',
      'public interface IManager {\n  Task<int> Pin(int id);\n}',
    ],
    [
      'for a crate that is named where it is used',
      'src/relay.rs',
      'pub async fn go(u: &str) -> Result<(), Fault> {\n    let c = reqwest::Client::new();\n    c.get(u).send().await?;\n    Ok(())\n}',
    ],
    [
      'for a request of the platform’s own module',
      'src/ask.js',
      "const https = require('node:https')\nhttps.get(address, done)",
    ],
  ])('%s', (_, path, text) => {
    expect(decide(path, text)).toMatchObject({ decision: 'selected' })
  })

  test.each([
    ['JavaScript', 'src/a.ts', "import { telegraf } from 'telegraf'"],
    ['Python', 'jobs/a.py', 'import musicbrainzngs'],
    ['Go', 'box/a.go', 'package box\n\nimport (\n\t"github.com/digitalocean/godo"\n)'],
    ['Java', 'src/main/java/A.java', 'import com.unboundid.ldap.sdk.LDAPConnection;'],
    ['Ruby', 'app/models/a.rb', 'GoCardlessPro::Client.new(x)'],
    ['PHP', 'src/A.php', '<?php\nuse Webklex\\PHPIMAP\\ClientManager;'],
    ['C#', 'src/A.cs', 'using MQTTnet.Client;'],
    ['Rust', 'src/a.rs', 'use suppaftp::FtpStream;'],
  ])('for a client library of %s', (_, path, text) => {
    expect(decide(path, text)).toMatchObject({ decision: 'selected' })
  })
})

describe('a file is left alone', () => {
  test.each([
    [
      'that answers calls over RPC',
      'server/notes.go',
      'package server\n\nimport (\n\t"google.golang.org/grpc/codes"\n\t"google.golang.org/grpc/status"\n)\n\nvar gone = status.Error(codes.NotFound, "gone")',
    ],
    [
      'that only knows the names of headers',
      'src/fault.rs',
      'use reqwest::header;\nuse reqwest::StatusCode;\npub const TYPE: &str = "x";',
    ],
    [
      'that keeps its own counters at a provider',
      'src/limits.ts',
      "import { kv } from '@vercel/kv'\nimport { Ratelimit } from '@upstash/ratelimit'",
    ],
    [
      'that limits its own callers',
      'src/main/java/Limits.java',
      'import io.github.resilience4j.ratelimiter.RateLimiterRegistry;',
    ],
    [
      'that cleans up sessions',
      'src/cookies.ts',
      "import { createAuthMiddleware } from 'better-auth/api'\nimport { parseSetCookieHeader } from 'better-auth/cookies'",
    ],
    [
      'that takes the shape of its own client',
      'packages/kit/manifest.ts',
      "import type { Plugin } from '@acme/api-client'",
    ],
    [
      'that installs the program',
      'deploy/install.sh',
      'curl -s https://api.github.com/repos/acme/acme\ndocker logs plane-minio rabbitmq',
    ],
    [
      'that describes the program’s own API to readers',
      'src/Docs.cs',
      'using Swashbuckle.AspNetCore.SwaggerGen;\nclass D { string ApiKey; string AccessToken; }',
    ],
    [
      'of a version of the program’s own API',
      'src/Acme.Api.V5/Queue/StatusController.cs',
      'public class StatusController { }',
    ],
    [
      'that a generator of documents writes',
      'docs/docs.go',
      'package docs\n\nconst header = "X-Acme-Signature"',
    ],
    [
      'that shows where one is found elsewhere',
      'src/footer.py',
      'links = [FacebookLink(base_url), TwitterLink(base_url), InstagramLink(base_url)]',
    ],
    [
      'that tests in a browser what filters do',
      'web/src/filter-integration.clienttest.ts',
      "import { filters } from './filters'\nexpect(filters).toEqual([])",
    ],
    [
      'that tests how parts of the program go together',
      'tests/integration/test_shelves.py',
      'from app import shelves\n\ndef test_integration_of_shelves():\n    assert shelves.all() == []',
    ],
  ])('%s', (_, path, text) => {
    expect(decide(path, text)).toMatchObject({ decision: 'skipped' })
  })

  test('for the address of its own machine in a sample', () => {
    const sample = (line: string) => decisionAbout(modified('.env', [line]), { catalog }).decision
    expect(sample('+ACME_BASE_URL=http://127.0.0.1:8000')).toBe('skipped')
    expect(sample('+PRESS_API_URL=https://press.test.dev/v1')).toBe('selected')
  })
})

describe('of what is declared, the changed lines are read', () => {
  test.each([
    ['a cloud’s sign-in of a run', '.github/workflows/a.yml', '+    secrets: inherit'],
    [
      'a cloud’s identity of a run',
      '.github/workflows/a.yml',
      '+          workload_identity_provider: projects/1',
    ],
    ['a client that a container builds', 'app/config/services.yml', '+    acme.http_client:'],
    ['the version of a client', 'gradle/libs.versions.toml', '+okHttpVersion = "5.2.1"'],
    ['a setting that is only shown', 'server.toml', '+# register_webhook_username = ""'],
    ['a setting by its key', 'src/settings.rs', '+            .set_default("mail.enable", false)?'],
  ])('%s', (_, path, line) => {
    expect(decisionAbout(modified(path, [line]), { catalog })).toMatchObject({
      decision: 'selected',
    })
  })
})

test('a client that is given is told in plain words', () => {
  const text = 'class A {\n  private readonly IPressApi _press;\n}'
  const told = decide('src/A.cs', text).reasons.map(plainReason)
  expect(told).toContain('is given a IPressApi')
})
