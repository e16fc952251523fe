import type { Signal } from '#core/filter/hit'
import { createNameTable, type NameTable } from '#core/providers/name-table'
import type { ImportLanguage } from '#core/providers/provider'

/** Signals that a module can carry, with how sure an import of it alone makes us. */
export const IMPORT_WEIGHT = {
  'http-client': 0.56,
  sdk: 0.65,
  signature: 0.35,
  'rpc-client': 0.6,
  mail: 0.6,
  queue: 0.65,
  oauth: 0.65,
  token: 0.4,
  credentials: 0.55,
  storage: 0.6,
  resilience: 0.55,
  webhook: 0.75,
  sync: 0.2,
} as const satisfies Partial<Record<Signal, number>>
export type ImportSignal = keyof typeof IMPORT_WEIGHT

type Modules = Readonly<Partial<Record<ImportSignal, string>>>

/** Modules that talk to other systems without belonging to one provider. */
const MODULES: Readonly<Record<ImportLanguage, Modules>> = {
  js: {
    'http-client':
      'rss-parser crawlee feedparser open-graph-scraper metascraper axios got node-fetch undici superagent ky cross-fetch request request-promise needle ofetch @nestjs/axios isomorphic-fetch wretch bent phin @octokit/request @effect/platform/HttpClient',
    'rpc-client':
      '@grpc/grpc-js grpc nice-grpc @connectrpc/connect-node soap strong-soap graphql-request @urql/core ws websocket socket.io-client @trigger.dev/sdk mqtt jsforce ldapjs ldapts ssh2 node-ssh ssh2-sftp-client basic-ftp @modelcontextprotocol/sdk',
    mail: '@nestjs-modules/mailer nodemailer imapflow imap mailparser emailjs',
    queue:
      '@upstash/qstash @upstash/workflow kafkajs node-rdkafka amqplib amqp-connection-manager rhea nats @nestjs/microservices @golevelup/nestjs-rabbitmq sqs-consumer @azure/service-bus @confluentinc/kafka-javascript kafka-node rascal @nats-io/transport-node',
    oauth:
      'openid-client oauth4webapi simple-oauth2 client-oauth2 passport-oauth2 passport-saml @node-saml/passport-saml @node-saml/node-saml samlify saml2-js oidc-provider next-auth @auth/core arctic oauth @boxyhq/saml-jackson grant passport-google-oauth20 passport-github2 passport-openidconnect better-auth',
    token: 'jsonwebtoken jose jwks-rsa express-jwt njwt',
    credentials: 'node-vault keytar @aws-sdk/client-secrets-manager @aws-sdk/client-kms',
    storage: 'minio aws-sdk multer-s3 @uppy/companion flydrive @tus/s3-store',
    resilience:
      'cockatiel opossum p-retry async-retry axios-retry retry exponential-backoff fetch-retry bottleneck ssrf-req-filter request-filtering-agent',
    webhook: 'svix standardwebhooks webhook',
    sync: 'bullmq bull bee-queue agenda pg-boss graphile-worker node-cron cron inngest @temporalio/workflow',
    sdk: 'launchdarkly-node-server-sdk @launchdarkly @unleash unleash-client unleash-proxy-client statsig-node @growthbook/growthbook flagsmith-nodejs configcat-node @optimizely @splitsoftware/splitio @bugsnag rollbar newrelic @honeybadger-io mapbox @mapbox @googlemaps googleapis google-auth-library @google-cloud langchain @langchain ollama @ai-sdk mistralai cohere-ai replicate @huggingface @pinecone-database @qdrant weaviate-client @elevenlabs @deepgram livekit-server-sdk agora-access-token web-push apn @parse/node-apn expo-server-sdk jira.js jira-client @mailchimp @sparkpost mailjet mailersend nylas calendly @calcom trello dropbox-sign',
  },
  python: {
    'http-client':
      'feedparser scrapy cloudscraper requests_html yt_dlp newspaper requests httpx aiohttp urllib3 urllib.request urllib2 http.client treq pycurl curl_cffi requests_oauthlib niquests',
    'rpc-client':
      'grpc grpclib zeep suds gql sgqlc websockets websocket caldav paramiko asyncssh fabric pysftp ftplib ldap ldap3 xmlrpc simple_salesforce paho',
    mail: 'django.core.mail imap_tools flask_mail fastapi_mail mailbox smtplib aiosmtplib imaplib anymail exchangelib yagmail',
    queue:
      'kafka confluent_kafka aiokafka pika aio_pika kombu nats stomp faust aiobotocore azure.servicebus google.cloud.pubsub pulsar',
    oauth:
      'authlib oauthlib requests_oauthlib social_core social_django allauth onelogin saml2 pysaml2 mozilla_django_oidc oic flask_dance httpx_oauth msal google_auth_oauthlib oauth2_provider',
    token: 'jwt jose jwcrypto',
    credentials: 'tink hvac keyring cryptography.fernet',
    storage: 'boto3 botocore boto minio storages s3fs gcsfs smart_open fsspec',
    resilience:
      'tenacity backoff pybreaker retrying retry circuitbreaker stamina urllib3.util.retry aiobreaker ratelimit',
    webhook: 'svix standardwebhooks',
    sync: 'celery rq dramatiq huey apscheduler airflow dagster prefect dlt singer_sdk airbyte_cdk',
    signature: 'hmac',
    sdk: 'statsd apprise ldclient UnleashClient statsig growthbook flagsmith configcatclient optimizely splitio bugsnag rollbar newrelic llama_index langchain langchain_openai langchain_community litellm ollama mistralai cohere replicate huggingface_hub pinecone qdrant_client weaviate googleapiclient google_auth_oauthlib google.oauth2 jira github gitlab atlassian telegram discord tweepy mastodon pywebpush apns2 firebase_admin geopy elevenlabs deepgram nylas',
  },
  go: {
    'http-client':
      'github.com/mmcdole/gofeed github.com/gocolly/colly github.com/go-resty/resty github.com/hashicorp/go-retryablehttp github.com/hashicorp/go-cleanhttp github.com/imroc/req github.com/dghubble/sling',
    'rpc-client':
      'google.golang.org/grpc connectrpc.com/connect github.com/gorilla/websocket github.com/coder/websocket github.com/eclipse/paho.mqtt.golang nhooyr.io/websocket github.com/machinebox/graphql github.com/shurcooL/graphql github.com/Khan/genqlient github.com/go-ldap/ldap github.com/pkg/sftp golang.org/x/crypto/ssh github.com/jlaffaye/ftp github.com/hooklift/gowsdl',
    mail: 'net/smtp gopkg.in/gomail.v2 github.com/wneessen/go-mail github.com/emersion/go-imap github.com/jordan-wright/email',
    queue:
      'github.com/segmentio/kafka-go github.com/confluentinc/confluent-kafka-go github.com/IBM/sarama github.com/Shopify/sarama github.com/twmb/franz-go github.com/rabbitmq/amqp091-go github.com/streadway/amqp github.com/nats-io/nats.go cloud.google.com/go/pubsub github.com/ThreeDotsLabs/watermill gocloud.dev/pubsub',
    oauth:
      'golang.org/x/oauth2 github.com/coreos/go-oidc github.com/crewjam/saml github.com/markbates/goth github.com/zitadel/oidc github.com/ory/fosite github.com/russellhaering/gosaml2',
    token:
      'github.com/golang-jwt/jwt github.com/dgrijalva/jwt-go github.com/lestrrat-go/jwx github.com/go-jose/go-jose',
    credentials:
      'github.com/google/tink github.com/tink-crypto/tink-go github.com/hashicorp/vault/api github.com/zalando/go-keyring',
    storage:
      'github.com/minio/minio-go github.com/aws/aws-sdk-go github.com/aws/aws-sdk-go-v2 gocloud.dev/blob',
    resilience:
      'github.com/cenkalti/backoff github.com/avast/retry-go github.com/sony/gobreaker github.com/sethvargo/go-retry github.com/eapache/go-resiliency github.com/afex/hystrix-go github.com/failsafe-go/failsafe-go github.com/doyensec/safeurl',
    webhook:
      'github.com/svix/svix-webhooks github.com/standard-webhooks/standard-webhooks github.com/go-playground/webhooks',
    sync: 'github.com/hibiken/asynq github.com/riverqueue/river github.com/robfig/cron go.temporal.io/sdk',
    signature: 'crypto/hmac',
    sdk: 'github.com/launchdarkly github.com/Unleash/unleash-client-go github.com/statsig-io github.com/growthbook code.gitea.io/sdk codeberg.org/mvdkleijn/forgejo-sdk github.com/gogits/go-gogs-client github.com/google/go-github github.com/xanzy/go-gitlab github.com/andygrunwald/go-jira github.com/drone/go-scm google.golang.org/api github.com/SherClockHolmes/webpush-go github.com/sideshow/apns2 github.com/bugsnag github.com/rollbar github.com/newrelic github.com/ollama/ollama/api github.com/tmc/langchaingo github.com/bwmarrin/discordgo github.com/mattermost/mattermost',
  },
  java: {
    'http-client':
      'com.rometools.fetcher org.jsoup.Connection okhttp3 retrofit2 java.net.http java.net.HttpURLConnection org.apache.http org.apache.hc org.springframework.web.client org.springframework.web.reactive.function.client org.springframework.cloud.openfeign feign kong.unirest io.ktor.client com.github.kittinunf.fuel org.asynchttpclient javax.ws.rs.client jakarta.ws.rs.client io.micronaut.http.client org.springframework.web.service com.google.api.client.http sttp.client3 play.api.libs.ws',
    'rpc-client':
      'io.grpc javax.xml.ws jakarta.xml.ws org.springframework.ws javax.websocket org.java_websocket org.eclipse.paho com.hivemq org.fusesource.mqtt com.apollographql javax.naming.ldap com.jcraft.jsch net.schmizz.sshj org.apache.sshd.client org.apache.commons.net.ftp org.springframework.ldap org.apache.camel org.springframework.integration.http org.springframework.integration.mqtt org.springframework.integration.sftp org.springframework.integration.kafka org.springframework.integration.amqp',
    mail: 'javax.mail jakarta.mail org.springframework.mail org.simplejavamail io.quarkus.mailer',
    queue:
      'org.apache.kafka org.springframework.kafka com.rabbitmq org.springframework.amqp org.springframework.jms javax.jms jakarta.jms io.nats org.apache.pulsar io.awspring.cloud.sqs org.eclipse.microprofile.reactive.messaging com.azure.messaging org.springframework.cloud.stream io.debezium',
    oauth:
      'org.springframework.security.oauth2 org.springframework.security.saml2 org.opensaml com.nimbusds.oauth2 com.nimbusds.openid org.pac4j com.github.scribejava org.keycloak com.onelogin.saml2 io.quarkus.oidc com.google.api.client.auth.oauth2 com.google.api.client.googleapis.auth',
    token: 'io.jsonwebtoken com.auth0.jwt com.nimbusds.jose com.nimbusds.jwt org.jose4j',
    credentials:
      'com.google.crypto.tink android.security.KeyChain java.security.KeyStore javax.net.ssl org.springframework.vault com.bettercloud.vault',
    storage: 'io.minio com.amazonaws software.amazon.awssdk com.azure.storage',
    resilience:
      'io.github.resilience4j org.springframework.retry dev.failsafe net.jodah.failsafe com.netflix.hystrix org.springframework.cloud.client.circuitbreaker org.eclipse.microprofile.faulttolerance',
    webhook: 'com.svix com.standardwebhooks',
    sync: 'org.quartz org.springframework.batch org.apache.beam io.temporal',
    signature: 'javax.crypto.Mac',
    sdk: 'com.launchdarkly io.getunleash com.statsig com.bugsnag com.rollbar com.newrelic com.google.android.gms.auth com.google.android.gms.wallet com.google.api.services com.google.auth com.google.cloud dev.langchain4j org.springframework.ai org.kohsuke.github org.gitlab4j com.atlassian com.mapbox',
  },
  ruby: {
    'http-client':
      'open-uri Feedjira feedjira Mechanize mechanize SimpleRSS Curl curb faraday httparty rest-client net/http excon typhoeus http httpx Faraday HTTParty RestClient Net Excon Typhoeus HTTPX HTTP Patron HTTPClient HTTMultiParty Down ',
    'rpc-client':
      'mqtt MQTT xmpp4r jabber savon grpc graphql/client Savon GRPC faye/websocket net/ssh net/ldap Net::LDAP net/sftp net/ftp',
    mail: 'ActionMailer net/smtp net/imap mail',
    queue:
      'bunny kafka ruby-kafka rdkafka karafka sneakers shoryuken waterdrop Bunny Kafka Karafka Sneakers Shoryuken',
    oauth:
      'omniauth oauth2 oauth ruby-saml openid_connect signet doorkeeper OAuth2 OAuth OmniAuth OneLogin Signet OpenIDConnect',
    token: 'jwt json/jwt JWT',
    credentials: 'vault Vault lockbox Lockbox',
    storage: 'aws-sdk fog Aws Fog Shrine',
    resilience:
      'faraday/retry retriable circuitbox stoplight semian Retriable Circuitbox Stoplight Semian ssrf_filter SsrfFilter',
    webhook: 'svix standardwebhooks',
    sync: 'sidekiq resque good_job rufus-scheduler',
    sdk: 'LaunchDarkly ldclient-rb Unleash Bugsnag Rollbar Honeybadger NewRelic Google Koala Octokit Gitlab Trello Evernote Tumblr Rturk RTurk Slack Twitter Telegram Discordrb Geocoder WebPush Rpush Houston Vonage Wunderground Hipchat HipChat Jira JIRA MailChimp Gibbon Mastodon OpenAI Anthropic',
  },
  php: {
    'http-client':
      'SimplePie Goutte Laminas\\Feed\\Reader GuzzleHttp Illuminate\\Support\\Facades\\Http Illuminate\\Http\\Client Symfony\\Contracts\\HttpClient Symfony\\Component\\HttpClient Psr\\Http\\Client Buzz Http\\Client Saloon Zend\\Http\\Client Laminas\\Http\\Client WpOrg\\Requests Magento\\Framework\\HTTP',
    'rpc-client': 'SoapClient Grpc phpseclib League\\Flysystem\\PhpseclibV3 SoapFault LdapRecord',
    mail: 'Illuminate\\Mail Illuminate\\Support\\Facades\\Mail Illuminate\\Notifications\\Notification Illuminate\\Notifications\\Messages Illuminate\\Notifications\\Channels Illuminate\\Notifications\\Slack Symfony\\Component\\Notifier NotificationChannels PHPMailer Symfony\\Component\\Mailer Swift_Mailer',
    queue: 'PhpAmqpLib RdKafka Enqueue Interop\\Queue Bschmitt\\Amqp Junges\\Kafka',
    oauth:
      'League\\OAuth2 Laravel\\Socialite OneLogin SimpleSAML LightSaml Jumbojett KnpU\\OAuth2ClientBundle HWI\\Bundle\\OAuthBundle Laravel\\Passport SocialiteProviders',
    token: 'Firebase\\JWT Lcobucci\\JWT Tymon\\JWTAuth',
    credentials: 'Vault',
    storage: 'League\\Flysystem\\AwsS3V3 Aws Illuminate\\Support\\Facades\\Storage\\S3',
    resilience: 'GuzzleRetry Ackintosh\\Ganesha LeoCarmo\\CircuitBreaker',
    webhook:
      'Spatie\\WebhookClient Spatie\\WebhookServer Svix Symfony\\Component\\RemoteEvent Symfony\\Component\\Webhook',
    sync: 'Illuminate\\Contracts\\Queue Symfony\\Component\\Messenger',
    sdk: 'LaunchDarkly Unleash Bugsnag Rollbar Google Kreait Minishlink\\WebPush Github Gitlab Facebook Abraham\\TwitterOAuth OpenAI LLPhant',
  },
  csharp: {
    'http-client': 'System.Net.Http RestSharp Flurl Refit Microsoft.Extensions.Http',
    'rpc-client':
      'Grpc System.ServiceModel System.Net.WebSockets Renci.SshNet GraphQL.Client FluentFTP System.DirectoryServices Novell.Directory',
    mail: 'AspNetCore.Email MailKit MimeKit System.Net.Mail FluentEmail',
    queue:
      'Confluent.Kafka RabbitMQ MassTransit Azure.Messaging NServiceBus Rebus DotNetCore.CAP NATS Microsoft.Azure.ServiceBus EasyNetQ Amazon.SQS KafkaFlow',
    oauth:
      'IdentityServer4 AspNet.Security.OAuth Microsoft.AspNetCore.Authentication.Facebook Microsoft.AspNetCore.Authentication.MicrosoftAccount Microsoft.AspNetCore.Authentication.OAuth Microsoft.AspNetCore.Authentication.OpenIdConnect IdentityModel Microsoft.Identity OpenIddict Sustainsys.Saml2 Duende ITfoxtec Microsoft.AspNetCore.Authentication.Google',
    token:
      'System.IdentityModel.Tokens.Jwt Microsoft.IdentityModel Microsoft.AspNetCore.Authentication.JwtBearer',
    credentials: 'Azure.Security.KeyVault VaultSharp Azure.Identity',
    storage: 'Azure.Storage Amazon.S3 Minio Microsoft.WindowsAzure.Storage',
    resilience: 'Polly Microsoft.Extensions.Resilience Microsoft.Extensions.Http.Resilience',
    webhook: 'Svix StandardWebhooks',
    sync: 'Hangfire Quartz',
    sdk: 'LaunchDarkly Unleash Statsig ConfigCat Optimizely Bugsnag Rollbar NewRelic Google.Apis Google.Cloud FirebaseAdmin Octokit NGitLab Atlassian Microsoft.SemanticKernel OllamaSharp Microsoft.Azure.NotificationHubs BitPayLight',
  },
  rust: {
    'http-client': 'curl reqwest ureq hyper isahc surf awc hyper_util reqwest_middleware attohttpc',
    'rpc-client':
      'activitypub_federation activitystreams http_signature_normalization tonic tokio_tungstenite tungstenite graphql_client ssh2 ldap3 async_tungstenite octocrab',
    mail: 'lettre async_imap',
    queue: 'rdkafka lapin async_nats nats aws_sdk_sqs pulsar',
    oauth: 'oauth2 openidconnect samael',
    token: 'jsonwebtoken jwt_simple josekit',
    credentials: 'vaultrs keyring',
    storage: 'rusoto_s3 aws_sdk_s3 object_store opendal s3 minio aws_config',
    resilience: 'backoff reqwest_retry tokio_retry failsafe backon',
    webhook: 'svix standardwebhooks',
    sync: 'apalis fang',
    signature: 'hmac',
    sdk: 'launchdarkly_server_sdk unleash_api_client statsig octocrab web_push a2 fcm serenity twilight teloxide matrix_sdk async_openai ollama_rs google_cloud_pubsub google_cloud_auth aws_sdk',
  },
}

const SEPARATORS: Readonly<Record<ImportLanguage, string>> = {
  js: '/',
  python: '.',
  java: '.',
  go: '/',
  ruby: '/',
  php: '\\',
  csharp: '.',
  rust: '::',
}

/** Which signal a module carries: one table per language, longest name first. */
export const IMPORT_SIGNALS: Readonly<Record<ImportLanguage, NameTable<ImportSignal>>> = {
  js: tableOf('js'),
  python: tableOf('python'),
  java: tableOf('java'),
  go: tableOf('go'),
  ruby: tableOf('ruby'),
  php: tableOf('php'),
  csharp: tableOf('csharp'),
  rust: tableOf('rust'),
}

function tableOf(language: ImportLanguage): NameTable<ImportSignal> {
  const separator = SEPARATORS[language]
  const table = createNameTable<ImportSignal>(separator)
  for (const signal of importSignals()) {
    for (const name of (MODULES[language][signal] ?? '').split(' ')) {
      if (name !== '') table.add(`${name}${separator}*`, signal)
    }
  }
  return table
}

function importSignals(): readonly ImportSignal[] {
  return [
    'sdk',
    'signature',
    'http-client',
    'rpc-client',
    'mail',
    'queue',
    'oauth',
    'token',
    'credentials',
    'storage',
    'resilience',
    'webhook',
    'sync',
  ]
}
