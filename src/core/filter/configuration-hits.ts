import { wordsIn } from '#core/filter/code-vocabulary'
import type { FileKind } from '#core/filter/file-kind'
import { type Hit, hitAt, type Signal } from '#core/filter/hit'
import { hostHits } from '#core/filter/host-hits'
import { isService } from '#core/filter/known-services'
import { envWeight, isForeign, isOfTopic } from '#core/filter/name-hits'
import type { CodeLine } from '#core/filter/read-lines'
import type { Catalog } from '#core/providers/catalog'

/** What a line of a declarative file says, with how sure it makes us. */
interface Clue {
  readonly signal: Signal
  readonly pattern: RegExp
  readonly weight: number
}

/** What Apache is told to let people in by who somebody else says they are. */
const DIRECTIVE = clue('configuration', 0.5, /\b(?:OIDC|AuthLDAP|Mellon)[A-Z][a-z]\w{2,60}/)

const INFRASTRUCTURE: readonly Clue[] = [
  DIRECTIVE,
  clue(
    'infrastructure',
    0.65,
    /\b(?:aws_(?:sqs|sns|kinesis|msk|mq|cloudwatch_event|scheduler|pipes|ses|secretsmanager|ssm_parameter|kms|api_gateway|apigatewayv2|s3_bucket|iam_access_key|cognito|appsync|transfer|lambda_event_source)\w*|google_(?:pubsub|cloud_tasks|cloud_scheduler|secret_manager|storage_bucket|service_account_key|eventarc|kms|api_gateway)\w*|azurerm_(?:servicebus|eventhub|eventgrid|key_vault|storage|api_management|logic_app)\w*|confluent_\w+|auth0_\w+|okta_\w+|stripe_\w+|cloudflare_(?:worker|queue|r2)\w*|datadog_(?:webhook|integration)\w*|pagerduty_\w+|github_(?:webhook|repository_webhook|actions_secret|app)\w*)\b/,
  ),
  clue(
    'infrastructure',
    0.65,
    /\bAWS::(?:SQS|SNS|Kinesis|Events|SecretsManager|KMS|S3|ApiGateway\w*|SES|Cognito|MSK|AmazonMQ|Scheduler|SSM)::\w+/,
  ),
  clue(
    'infrastructure',
    0.55,
    /^\s*-?\s*kind:\s*(?:ExternalSecret|SecretStore|ClusterSecretStore|SealedSecret|Secret|NetworkPolicy|ServiceEntry|EgressGateway|KafkaTopic|KafkaUser|KafkaConnector|Subscription|Broker|Trigger|ScaledObject|VirtualService)\b/,
  ),
  clue(
    'infrastructure',
    0.6,
    /^\s*-\s*(?:sqs|sns|stream|eventBridge|s3|kafka|rabbitmq|activemq|httpApi|schedule)\s*:/,
  ),
  clue(
    'infrastructure',
    0.55,
    /\bimage:\s*["']?[\w./-]*(?:kafka|rabbitmq|localstack|elasticmq|minio|vault|keycloak|nats|pulsar|redpanda|activemq|mosquitto|zookeeper|azurite|azure-storage|fake-gcs|dynamodb-local|mailcatcher|smtp|ldap|stripe-mock|wiremock|mailhog|mailpit|debezium)/i,
  ),
  clue(
    'infrastructure',
    0.55,
    /\b(?:secretKeyRef|secretRef|valueFrom|remoteRef|ssm:\/|secretsmanager|externalSecret|egress)\b/,
  ),
  clue(
    'infrastructure',
    0.5,
    /\b(?:queue_?url|queue_?name|topic_?arn|visibility_timeout\w*|message_retention\w*|redrive_policy|dead_?letter\w*|bucket_?name|webhook\w*)\b/i,
  ),
  clue(
    'infrastructure',
    0.55,
    /^\s*\[\[?(?:queues\.(?:producers|consumers)|r2_buckets|send_email)\]|new\s+(?:sqs|sns|s3|secretsmanager|events|kms|apigateway\w*)\.\w+\(/,
  ),
]

const CONFIGURATION: readonly Clue[] = [
  DIRECTIVE,
  clue(
    'configuration',
    0.5,
    /["']?\b(?:\w{1,30}[-_.])?(?:client[-_.]?(?:id|secret)|api[-_.]?(?:key|secret|token|url|base|endpoint)|access[-_.]?token|webhook[-_.]?(?:url|secret|endpoint)|signing[-_.]?secret|account[-_.]?sid|auth[-_.]?token|service[-_.]?account|private[-_.]?key|bootstrap[-_.]?servers|smtp[\w.-]*|ldap[\w.-]*|oidc[\w.-]*|saml2?[\w.-]*|oauth2?[\w.-]*|webhooks?(?:[-_.]\w+)?|access[-_]?key(?:[-_]?(?:id|secret))?|secret[-_]?access[-_]?key|mail[-_.](?:host|server|port|user(?:name)?|password)|issuer(?:-uri)?|jwk-set-uri|token-uri|redirect[-_.]?ur[il]s?|scopes?(?=["']?\s*[:=].*(?:openid|profile|email|offline|read|write|repo|https:))|subscribed[-_]events|default_events|hook_attributes)\b["']?\s*[:=]/i,
  ),
  clue(
    'configuration',
    0.42,
    /["']?\b(?:base[-_.]?url|endpoint|host[-_.]?url|service[-_.]?url|connect[-_.]?timeout|read[-_.]?timeout|max[-_.]?(?:retries|attempts)|retry|circuit[-_.]?breaker)\b["']?\s*[:=]/i,
  ),
  clue(
    'queue',
    0.5,
    /(?<![a-z])(?:kafka|rabbitmq|sqs|sns|pubsub|amqp|kinesis|jms|mqtt|servicebus)(?![a-z])/i,
  ),
  clue(
    'http-client',
    0.5,
    /(?:http|rest|soap|api|psr18)[-_.]?client|\bhttplug\b|\bguzzle|\bHttpBrowser\b/i,
  ),
  clue('queue', 0.5, /\b(?:broker|queue|topic)[-_.](?:url|uri|arn|username|password)\b/i),
]

const WORKFLOW: readonly Clue[] = [
  clue(
    'ci-secrets',
    0.55,
    /\bsecrets\.(?!(?:GITHUB|GH|CODECOV|COVERALLS|SONAR|QODANA|SNYK|CODACY|CACHIX|GRADLE|DEVELOCITY|NX|TURBO)(?:_\w+)?\b)(?!\w{0,60}_(?:USER(?:NAME)?|ACCOUNT)\b)\w+|withCredentials|\bcredentials\(|\bfrom_secret\b|^\s*secrets\s*:\s*(?:\[|$)|\bjson_key_(?:file|data)\b|\bapp_store_connect_api_key\b/i,
  ),
  // A cloud lets a run in without a secret, by who it is.
  clue(
    'ci-secrets',
    0.55,
    /^\s*secrets\s*:\s*inherit\b|\bworkload_identity_provider\s*:|\brole-to-assume\s*:|\bconfigure-aws-credentials\b|\bgoogle-github-actions\/auth\b|\bazure\/login\b/,
  ),
  clue('ci-secrets', 0.5, /^\s*password\s*:\s*(?!\$\{\{)\S/),
]

const CONTRACT_WEIGHT = 0.7
const CONTRACT: readonly Clue[] = [clue('api-contract', CONTRACT_WEIGHT, /\S/)]
/**
 * Specifications grow beyond what is compared line by line, and what their comments say is a part
 * of what is agreed: that they change is known all the same.
 */
const UNREAD_CONTRACT: Hit = {
  signal: 'api-contract',
  detail: 'the contract itself changes',
  weight: CONTRACT_WEIGHT,
  reach: 'file',
  line: null,
  changed: true,
  provider: null,
}

const CLUES: Readonly<Partial<Record<FileKind, readonly Clue[]>>> = {
  infrastructure: INFRASTRUCTURE,
  configuration: CONFIGURATION,
  workflow: WORKFLOW,
  contract: CONTRACT,
}

/**
 * What the changed lines of a declarative file say. Only these count: every such file is a place
 * where everything meets, and what stands beside the change is no part of it.
 */
export function configurationHits(
  kind: FileKind,
  lines: readonly CodeLine[],
  catalog: Catalog,
): readonly Hit[] {
  const clues = CLUES[kind] ?? []
  if (kind === 'configuration' && lines.some(isData)) return []
  const told = withoutSigns(lines, kind)
  if (kind === 'contract' && told.length === 0) return [UNREAD_CONTRACT]
  return told.flatMap((line) => [
    ...clues.flatMap((one) => clueHit(one, line)),
    ...hostsIn(kind, line, catalog),
    ...(kind === 'contract' ? [] : nameHits(line, catalog, kind)),
    ...(kind === 'configuration' ? keyHits(line) : []),
  ])
}

/** Settings are shorter; so many lines are data. */
const DATA = 2_000
const isData = ({ line, text }: CodeLine) => (line ?? 0) > DATA && /^\s*["{[]/.test(text)

/** What stands in for a setting while an image is built. */
const PLACEHOLDER = /=\s*["']?(?:https?:\/\/)?(?:test|dummy|placeholder|fake|build[-_]?time)\b/i
const isPlaceholder = (kind: FileKind, { text }: CodeLine) =>
  kind === 'infrastructure' && PLACEHOLDER.test(text)

/**
 * The changed lines that say something: one that only gains a comma, for the next, does not, nor one
 * that is only written otherwise, as `ENV A B` becomes `ENV A=B`. A sample is about its very signs.
 */
function withoutSigns(lines: readonly CodeLine[], kind: FileKind): readonly CodeLine[] {
  const changed = lines.filter(({ changed, text }) => changed && text.trim() !== '')
  const texts = new Set(changed.map(({ text }) => text.trim()))
  const told = changed.filter(({ text }) => !texts.has(otherComma(text.trim())))
  if (!REWRITTEN.has(kind)) return told
  const side = (removed: boolean) =>
    new Map(
      told
        .filter(({ line }) => (line === null) === removed)
        .map(({ text }) => [bare(text), text.trim()] as const),
    )
  const [before, after] = [side(true), side(false)]
  return told.filter(({ line, text }) => {
    const other = (line === null ? after : before).get(bare(text))
    // What stands elsewhere now, word for word, was moved, which may say a lot.
    return other === undefined || other === text.trim()
  })
}

const REWRITTEN: ReadonlySet<FileKind> = new Set(['infrastructure', 'workflow', 'configuration'])
const otherComma = (text: string) => (text.endsWith(',') ? text.slice(0, -1) : `${text},`)
const bare = (text: string) => text.replaceAll(/[\s,'"=]+/g, '')

/** What a workflow fetches is a tool, unless its owner is known. */
function hostsIn(kind: FileKind, line: CodeLine, catalog: Catalog): readonly Hit[] {
  if (kind === 'contract' || isPlaceholder(kind, line)) return []
  const hits = hostHits(line, catalog)
  return kind === 'workflow' ? hits.filter(({ provider }) => provider !== null) : hits
}

/** A sentence in quotes: data to be read by people. */
const PROSE = /"[^"]{0,40}(?:\s[^\s"]{1,60}){8}/

function clueHit({ signal, pattern, weight }: Clue, line: CodeLine): readonly Hit[] {
  const match = pattern.exec(line.text)
  if (!match || (signal === 'queue' && PROSE.test(line.text))) return []
  const detail =
    signal === 'api-contract' ? 'the contract itself changes' : match[0].trim().slice(0, 80)
  return [hitAt(line, { signal, detail, weight, reach: 'part' })]
}

/** Declares itself an API's specification, whatever the file is called. */
const SPECIFICATION = /^\s*["']?(?:openapi|swagger|asyncapi)["']?\s*:\s*["']?\d/
const FIRST_LINES = 8

/** Whether a configuration file is in truth the specification of an API. */
export function isSpecification(lines: readonly CodeLine[]): boolean {
  return lines.slice(0, FIRST_LINES).some(({ text }) => SPECIFICATION.test(text))
}

/** What every workflow run is given by its platform: no secret of a partner. */
const JOB_TOKENS: ReadonlySet<string> = new Set(['GITHUB_TOKEN', 'GH_TOKEN', 'CI_JOB_TOKEN'])

const NAME = /\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g

/** Names of variables, wherever the file writes them. A sample of the environment is made of them. */
function nameHits(line: CodeLine, catalog: Catalog, kind: FileKind): readonly Hit[] {
  if (isPlaceholder(kind, line)) return []
  const isSample = kind === 'env-sample'
  const hits: Hit[] = []
  for (const [name] of line.text.slice(0, 500).matchAll(NAME)) {
    const provider = catalog.byEnv(name)
    const weight = weightOfName(name, provider !== null, {
      isSample,
      isLocal: LOCAL.test(line.text),
    })
    if (weight === 0 || (kind === 'workflow' && JOB_TOKENS.has(name))) continue
    const signal = isSample ? 'env-sample' : 'env-name'
    const sure = isSample
      ? Math.min(0.8, weight + 0.3)
      : weight + (kind === 'workflow' ? 0.1 : 0.16)
    hits.push(hitAt(line, { signal, detail: name, weight: sure, reach: 'part', provider }))
  }
  return hits
}

/** A key of several parts, joined by dots as settings of the JVM are: `acme.storage.s3.region`. */
const DOTTED_KEY = /^\s*["']?([a-z][\w-]{0,40}(?:\.[\w-]{1,40}){1,6})["']?\s*[=:]/i
const KEY_WEIGHT = 0.48

/** Such a key is the same name as the variable that overrides it: `ACME_STORAGE_S3_REGION`. */
function keyHits(line: CodeLine): readonly Hit[] {
  const key = DOTTED_KEY.exec(line.text)?.[1]
  if (key === undefined || !isOfTopic(key.toUpperCase().replaceAll(/[.-]/g, '_')))
    return serviceKey(line)
  return [hitAt(line, { signal: 'env-name', detail: key, weight: KEY_WEIGHT, reach: 'part' })]
}

const ACCESS_KEY =
  /^\s*["']?([a-z][\w-]{0,40}[_.-](?:key|secret|token|password|dsn|account_?sid|api_?url))["']?\s*[=:]/i

/** What opens the account at a service, by the service's name: `turnstile_secret_key`. */
function serviceKey(line: CodeLine): readonly Hit[] {
  const key = ACCESS_KEY.exec(line.text)?.[1]
  if (key === undefined || !wordsIn(key).some(isService)) return []
  return [hitAt(line, { signal: 'env-name', detail: key, weight: KEY_WEIGHT, reach: 'part' })]
}

const TOPIC_WEIGHT = 0.32

/** An address on one's own machine, where the application itself is. */
const LOCAL = /[=:]\s*["']?(?:https?:\/\/)?(?:(?:localhost|127\.0\.0\.1|0\.0\.0\.0)\b|\[::1?\])/

function weightOfName(
  name: string,
  known: boolean,
  { isSample, isLocal }: { readonly isSample: boolean; readonly isLocal: boolean },
): number {
  const weight = envWeight(name, known)
  if (isOfTopic(name)) return Math.max(weight, TOPIC_WEIGHT)
  return isSample && isForeign(name) && !isLocal ? Math.max(weight, 0.25) : weight
}

function clue(signal: Signal, weight: number, pattern: RegExp): Clue {
  return { signal, weight, pattern }
}
