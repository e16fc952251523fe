import { parentPort } from 'node:worker_threads'
import { lintSource } from '@secretlint/core'
import { secretLintProfiler } from '@secretlint/profiler'
import { creator } from '@secretlint/secretlint-rule-preset-recommend'
import type { SecretHit } from '#core/facts/secret-hit'
import type { SourceText } from '#core/text/source-text'
import { findOwnSecrets, type SecretPlace } from '#scan/secret-patterns'

/** Where a secret stands in its file. */
export type LocatedSecret = Omit<SecretHit, 'path'>

/** Of one file: nobody reads more, and a file can be made of nothing else. */
const MAX_PLACES = 1_000

/** What secretlint's rules look for, in words; the rest is named after the rule. */
const LABELS: Readonly<Record<string, string>> = {
  anthropic: 'Anthropic API key',
  aws: 'AWS secret key',
  basicauth: 'user name and password in a URL',
  'database-connection-string': 'password in a database URL',
  gcp: 'Google Cloud key',
  github: 'GitHub token',
  gitlab: 'GitLab token',
  linear: 'Linear API key',
  npm: 'npm token',
  openai: 'OpenAI API key',
  privatekey: 'private key',
  sendgrid: 'SendGrid API key',
  shopify: 'Shopify token',
  slack: 'Slack token',
  stripe: 'Stripe key',
}

async function secretsOf({ path, text }: SourceText): Promise<readonly SecretPlace[]> {
  const { messages } = await lintSource({
    source: { content: text, filePath: path, ext: '', contentType: 'text' },
    options: {
      config: {
        rules: [
          {
            id: '@secretlint/secretlint-rule-preset-recommend',
            rule: creator,
            options: {},
          },
        ],
      },
      maskSecrets: true,
      noPhysicFilePath: true,
    },
  })
  const found = messages.map((message) => {
    const rule = message.ruleId.replace('@secretlint/secretlint-rule-', '')
    const label = LABELS[rule] ?? `${rule.replaceAll('-', ' ')} secret`
    return { start: message.range[0], end: message.range[1], label }
  })
  const own = findOwnSecrets(text).filter(
    (place) => !found.some((other) => place.start < other.end && other.start < place.end),
  )
  return [...found, ...own]
}

/** The line and columns of each place; a key over many lines is shown, and masked, on its first only. */
function located(text: string, places: readonly SecretPlace[]): readonly LocatedSecret[] {
  let line = 1
  let lineStart = 0
  return places
    .toSorted((a, b) => a.start - b.start)
    .slice(0, MAX_PLACES)
    .map(({ start, end, label }) => {
      let next = text.indexOf('\n', lineStart)
      while (next !== -1 && next < start) {
        line += 1
        lineStart = next + 1
        next = text.indexOf('\n', lineStart)
      }
      const shownEnd = next === -1 ? end : Math.min(end, next)
      return {
        line,
        startColumn: start - lineStart + 1,
        endColumn: shownEnd - lineStart + 1,
        label,
      }
    })
}

// Otherwise it keeps four marks of each file for as long as the thread lives.
secretLintProfiler.setEnabled(false)

parentPort?.on('message', async (sources: readonly SourceText[]) => {
  for (const source of sources)
    parentPort?.postMessage(located(source.text, await secretsOf(source)))
})
