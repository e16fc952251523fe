import type { Sight } from '#core/filter/hit'
import type { Catalog } from '#core/providers/catalog'

/** How the names of credentials and addresses of other systems end. */
const CREDENTIAL =
  /_(?:API_?KEY|API_?TOKEN|API_?SECRET|CLIENT_?SECRET|CLIENT_?ID|ACCESS_?TOKEN|WEBHOOK_?SECRET|WEBHOOK_?URL|AUTH_?TOKEN|SECRET_?KEY|PRIVATE_?KEY|SIGNING_?SECRET|SIGNING_?KEY|ACCESS_?KEY(?:_ID)?|BOT_?TOKEN|ACCOUNT_?SID|TENANT_?ID|REFRESH_?TOKEN|PUBLISHABLE_?KEY|SECRET|TOKEN|KEY|API_?URL|BASE_?URL|ENDPOINT|DSN|BUCKET|QUEUE_?URL|TOPIC_?ARN|PASSWORD|USERNAME|USER|ACCOUNT_?ID|CREDENTIALS?|HOST|DOMAIN|URL|URI|WSDL|REGION|APP_?ID|APP_?SECRET|APP_?KEY|PROJECT_?ID)$/
/** Those endings that say so of names that no pack knows. */
const UNMISTAKABLE =
  /_(?:API_?KEY|API_?TOKEN|API_?SECRET|CLIENT_?SECRET|WEBHOOK_?(?:SECRET|URL)|AUTH_?TOKEN|SIGNING_?(?:SECRET|KEY)|ACCESS_?TOKEN|BOT_?TOKEN|API_?URL|ACCESS_?KEY_ID|SECRET_ACCESS_KEY|QUEUE_?URL|TOPIC_?ARN|APP_?ID|APP_?SECRET|OAUTH_?(?:KEY|SECRET|TOKEN))$/
/** Protocols and kinds of outside system that settings are named after: `MAIL_HOST`, `APP_LDAP_DN`. */
const TOPIC =
  /^(?:[A-Z0-9]+_){0,4}(?:SMTP|MAIL|MAILER|IMAP|LDAP|OIDC|SAML2?|OAUTH2?|OPENID|SSO|SCIM|S3|GCS|SQS|SNS|KAFKA|RABBITMQ|AMQP|MQTT|WEBHOOKS?|VAULT|KMS|HSM|GEOCODER|SSRF|EGRESS)_[A-Z0-9_]+$|(?:^|_)EMAIL_(?:HOST|PORT|USER|FROM|SERVER|BACKEND|PASSWORD)|(?:^|_)(?:ALLOW|DENY|BLOCK)\w{0,20}_(?:PRIVATE|LOCAL|INTERNAL)_(?:NETWORK|IP|HOST|ADDRESS)/

/** Whether a setting is named after a protocol or a kind of system outside. */
export const isOfTopic = (name: string) => TOPIC.test(name)

/** Secrets and addresses of one's own application, database and cache. */
const OWN =
  /^(?:SECRET_|DJANGO_|SYMFONY_|LARAVEL_|PHX_|SESSION_|ADMIN_|ROOT_|HOST_|TRUSTED_|DEFAULT_|ALLOWED_|CORS_|STATIC_|MEDIA_|ASSETS?_|LOG_|MEMCACHED?_|FRONTEND_|BACKEND_|CLIENT_|WEBSITE_|JWT_|NEXTAUTH_|AUTH_|COOKIE_|CSRF_|ENCRYPTION_|RAILS_|FLASK_|DATABASE_|DB_|POSTGRES|PG|MYSQL|MARIADB|SQLITE|REDIS|MONGO|CACHE_|NEXT_PUBLIC_(?:APP|API|SITE|BASE|WEB|HOST)|VITE_|REACT_APP_API|APP_|SITE_|WEB_|BASE_|PUBLIC_|SERVER_|HTTP_|PRIMARY_|FOREIGN_|SORT_|CACHE|PARTITION_|NODE_|HASH_|MAP_|DICT_|LOCAL_)/

/** The same behind the product's own name: `ACME_STATIC_URL`. */
const OWN_PART =
  /^[A-Z0-9]+_(?:STATIC|MEDIA|LOG|DB|DATABASE|REDIS|CACHE|ADMIN|SESSION|COOKIE|CORS|FRONTEND|POSTGRES|MYSQL)_/

/** A sample of the environment names what somebody has to bring: there the endings are enough. */
export const isForeign = (name: string) =>
  CREDENTIAL.test(name) && !OWN.test(name) && !OWN_PART.test(name)

/** How much the name of a variable says: a provider's credential most, an unknown one less. */
export function envWeight(name: string, known: boolean): number {
  if (known) return CREDENTIAL.test(name) ? 0.5 : 0.2
  if (UNMISTAKABLE.test(name) && !OWN.test(name)) return 0.3
  return isOfTopic(name) ? 0.2 : 0
}

/** Reading or setting one setting by its key. */
const SETTING =
  /(?:set_?default|get_?(?:config|setting|string|bool|property|parameter|value)|config|settings?|viper\.\w+|@Value|IConfiguration|Configuration)\s*[([]\s*['"`](?:\$\{)?((?:[a-z][\w-]{0,40}[.:]){0,3}(?:mail|mailer|smtp|imap|ldap|oidc|saml2?|oauth2?|sso|s3|sqs|sns|kafka|rabbitmq|amqp|mqtt|webhooks?)[.:][a-z][\w.:-]{0,60})/i

/** A setting of a protocol or of a kind of outside system, by the key that the code knows it by. */
export function settingSight(text: string): readonly Sight[] {
  const key = SETTING.exec(text)?.[1]
  return key === undefined ? [] : [{ signal: 'env-name', detail: key, weight: 0.28, reach: 'word' }]
}

/** A variable of the environment or a header: a name to which a pack or custom gives a meaning. */
export function nameSight(word: string, catalog: Catalog): Sight | null {
  const upper = /^[A-Z][A-Z0-9_]+$/.test(word)
  const header =
    upper || word.startsWith('x_') ? word.replace(/^HTTP_/, '').replaceAll('_', '-') : word
  const owner = catalog.byHeader(header)
  if (owner !== null) {
    return { signal: 'header', detail: word, weight: 0.55, reach: 'file', provider: owner }
  }
  if (upper) {
    const provider = catalog.byEnv(word)
    const weight = envWeight(word, provider !== null)
    return weight === 0
      ? null
      : { signal: 'env-name', detail: word, weight, reach: 'part', provider }
  }
  const weight = headerWeight(header.toLowerCase())
  return weight === 0 ? null : { signal: 'header', detail: word, weight, reach: 'file' }
}

function headerWeight(header: string): number {
  if (/^x-[\w-]{1,60}-(?:signature|sign|sig|hmac)(?:-\w+)?$/.test(header)) return 0.55
  if (/^x-(?:signature|sign|hmac)(?:-\w+)?$/.test(header)) return 0.5
  if (/^x-[\w-]{1,60}-(?:event|delivery|topic|webhook-id|hook-id)$/.test(header)) return 0.6
  if (header === 'idempotency-key' || header === 'x-idempotency-key') return 0.5
  if (header === 'retry-after' || header === 'x-ratelimit-remaining') return 0.35
  return header === 'x-api-key' ? 0.35 : 0
}
