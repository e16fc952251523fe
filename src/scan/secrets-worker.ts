import { parentPort } from 'node:worker_threads'
import { lintSource } from '@secretlint/core'
import { creator } from '@secretlint/secretlint-rule-preset-recommend'
import type { SourceText } from '#core/text/source-text'
import { findOwnSecrets, type SecretPlace } from '#scan/secret-patterns'

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

parentPort?.on('message', async (source: SourceText) => {
  parentPort?.postMessage(await secretsOf(source))
})
