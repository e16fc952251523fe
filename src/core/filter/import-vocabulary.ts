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
      'playwright playwright-core playwright-extra puppeteer puppeteer-core puppeteer-extra patchright rss-parser crawlee feedparser open-graph-scraper metascraper axios got node-fetch undici superagent ky cross-fetch request request-promise needle ofetch @nestjs/axios isomorphic-fetch wretch bent phin @octokit/request @effect/platform/HttpClient @hapi/wreck popsicle make-fetch-happen minipass-fetch redaxios gaxios teeny-request follow-redirects typed-rest-client openapi-fetch @hey-api/client-fetch apisauce up-fetch node-libcurl https-proxy-agent http-proxy-agent socks-proxy-agent proxy-agent agentkeepalive unfurl.js link-preview-js rss-to-json',
    'rpc-client':
      '@grpc/grpc-js grpc nice-grpc @connectrpc/connect-node soap strong-soap graphql-request @urql/core ws websocket socket.io-client mqtt jsforce ldapjs ldapts ssh2 node-ssh ssh2-sftp-client basic-ftp @modelcontextprotocol/sdk graphql-ws subscriptions-transport-ws @connectrpc/connect easy-soap-request xmlrpc jayson json-rpc-2.0 ftp promise-ftp webdav tsdav imap-simple @xmpp/client irc-framework matrix-js-sdk matrix-bot-sdk eventsource ldapauth-fork activedirectory2 passport-ldapauth web3 ethers viem @solana/web3.js node-opcua modbus-serial smb2',
    mail: '@nestjs-modules/mailer nodemailer imapflow imap mailparser emailjs postal-mime email-templates node-imap mailauth mailgun.js',
    queue:
      '@upstash/qstash @upstash/workflow kafkajs node-rdkafka amqplib amqp-connection-manager rhea nats @nestjs/microservices @golevelup/nestjs-rabbitmq sqs-consumer @azure/service-bus @confluentinc/kafka-javascript kafka-node rascal @nats-io/transport-node @stomp/stompjs stompit pulsar-client zeebe-node @eventstore/db-client @kurrent/kurrentdb-client nats.ws nsqjs zeromq @platformatic/kafka',
    oauth:
      'openid-client oauth4webapi simple-oauth2 client-oauth2 passport-oauth2 passport-saml @node-saml/passport-saml @node-saml/node-saml samlify saml2-js oidc-provider next-auth/providers @auth/core/providers @auth/express @auth/sveltekit arctic oauth @boxyhq/saml-jackson grant passport-google-oauth20 passport-github2 passport-openidconnect passport-azure-ad remix-auth-oauth2 @azure/msal-node saml passport-oauth passport-oauth1 oauth-1.0a oauth2-server @node-oauth/oauth2-server @jmondi/oauth2-server',
    token:
      'jsonwebtoken jose jwks-rsa express-jwt njwt next-auth @auth/core better-auth passport-jwt',
    credentials:
      'node-vault keytar @aws-sdk/client-secrets-manager @aws-sdk/client-kms aws4 @smithy/signature-v4 @azure/identity @azure/keyvault-secrets @infisical/sdk infisical-node',
    storage:
      'minio aws-sdk multer-s3 @uppy/companion flydrive @tus/s3-store @azure/storage-blob ali-oss cos-nodejs-sdk-v5 qiniu backblaze-b2 @supabase/storage-js',
    resilience:
      'cockatiel opossum p-retry async-retry axios-retry retry exponential-backoff fetch-retry bottleneck ssrf-req-filter request-filtering-agent promise-retry brakes @lifeomic/attempt ts-retry-promise ts-retry mollitia ssrfcheck dssrf @vercel/fetch-retry',
    webhook: 'svix standardwebhooks webhook',
    sync: 'bullmq bull bee-queue agenda pg-boss graphile-worker node-cron cron inngest @temporalio/workflow',
    sdk: '@trigger.dev @opentelemetry/exporter-trace-otlp-http @opentelemetry/exporter-trace-otlp-grpc @opentelemetry/exporter-trace-otlp-proto @opentelemetry/exporter-metrics-otlp-http @opentelemetry/exporter-metrics-otlp-grpc @opentelemetry/exporter-metrics-otlp-proto @opentelemetry/exporter-logs-otlp-http @opentelemetry/exporter-logs-otlp-grpc @opentelemetry/exporter-logs-otlp-proto @opentelemetry/exporter-zipkin @opentelemetry/exporter-jaeger launchdarkly-node-server-sdk @launchdarkly @unleash unleash-client unleash-proxy-client statsig-node @growthbook/growthbook flagsmith-nodejs configcat-node @optimizely @splitsoftware/splitio @bugsnag rollbar newrelic @honeybadger-io mapbox @mapbox @googlemaps googleapis google-auth-library @google-cloud langchain @langchain ollama @ai-sdk mistralai cohere-ai replicate @huggingface @pinecone-database @qdrant weaviate-client @elevenlabs @deepgram livekit-server-sdk agora-access-token web-push apn @parse/node-apn expo-server-sdk jira.js jira-client @mailchimp @sparkpost mailjet mailersend nylas calendly @calcom trello dropbox-sign discord.js discord-api-types telegraf grammy node-telegram-bot-api whatsapp-web.js baileys @whiskeysockets/baileys @line/bot-sdk twitter-api-v2 masto @atproto/api spotify-web-api-node youtubei.js ytdl-core @microsoft/microsoft-graph-client @pnp ews-javascript-api @gitbeaker bitbucket azure-devops-node-api groq-sdk @google/generative-ai @google/genai @mistralai together-ai @openrouter ccxt paypal-rest-sdk bitpay-sdk @bitpay imagekit customerio-node node-zendesk pipedrive onesignal-node africastalking infobip @infobip-api messagebird plivo cloudflare digitalocean acme-client @novu @knocklabs @courier',
  },
  python: {
    'http-client':
      'playwright pyppeteer selenium nodriver crawl4ai feedparser scrapy cloudscraper requests_html yt_dlp newspaper requests httpx aiohttp urllib3 urllib.request urllib2 http.client treq pycurl curl_cffi requests_oauthlib niquests requests_toolbelt requests_futures requests_cache aiohttp_client_cache requests_ratelimiter httplib2 hishel grequests mechanize uplink httpx_sse aiohttp_sse_client ofxclient trafilatura.downloads urllib.urlopen',
    'rpc-client':
      'grpc grpclib zeep suds gql sgqlc websockets websocket caldav paramiko asyncssh fabric pysftp ftplib ldap ldap3 xmlrpc simple_salesforce paho thrift zerorpc jsonrpclib jsonrpcclient odoorpc aioftp webdav3 webdav4 smbclient smb slixmpp nio pymodbus asyncua web3 gmqtt aiomqtt asyncio_mqtt sseclient socketio.client ldaptor',
    mail: 'django.core.mail imap_tools flask_mail fastapi_mail mailbox smtplib aiosmtplib imaplib anymail exchangelib yagmail imapclient aioimaplib django_mailbox flask_mailman redmail emails postmarker mailjet_rest',
    queue:
      'kafka confluent_kafka aiokafka pika aio_pika kombu nats stomp faust aiobotocore azure.servicebus google.cloud.pubsub pulsar aiormq amqp amqpstorm nameko azure.eventhub azure.eventgrid google.cloud.tasks faststream nsq gnsq zmq',
    oauth:
      'authlib oauthlib requests_oauthlib social_core social_django allauth onelogin saml2 pysaml2 mozilla_django_oidc oic flask_dance httpx_oauth msal google_auth_oauthlib oauth2_provider django_auth_ldap rauth oauth2client djangosaml2 django_saml2_auth fastapi_sso flask_oidc keycloak python_keycloak social_flask allauth.socialaccount',
    token: 'jwt jose jwcrypto',
    credentials:
      'tink hvac keyring cryptography.fernet azure.identity azure.keyvault google.cloud.secretmanager google.cloud.kms',
    storage:
      'boto3 botocore boto minio storages s3fs gcsfs smart_open fsspec aioboto3 azure.storage google.cloud.storage b2sdk swiftclient oss2 qcloud_cos libcloud s3transfer pydrive2 adlfs',
    resilience:
      'tenacity backoff pybreaker retrying retry circuitbreaker stamina urllib3.util.retry aiobreaker ratelimit aiolimiter pyrate_limiter opnieuw advocate aiohttp_retry purgatory',
    webhook: 'svix standardwebhooks',
    sync: 'celery rq dramatiq huey apscheduler airflow dagster prefect dlt singer_sdk airbyte_cdk',
    signature: 'hmac',
    sdk: 'opentelemetry.exporter statsd apprise ldclient UnleashClient statsig growthbook flagsmith configcatclient optimizely splitio bugsnag rollbar newrelic llama_index langchain langchain_openai langchain_community litellm ollama mistralai cohere replicate huggingface_hub pinecone qdrant_client weaviate googleapiclient google_auth_oauthlib google.oauth2 jira github gitlab atlassian telegram discord tweepy mastodon pywebpush apns2 firebase_admin geopy elevenlabs deepgram nylas google.cloud google.generativeai google.genai vertexai groq together telethon aiogram pyrogram praw asyncpraw facebook facebook_business spotipy notion_client pyairtable trello todoist_api_python zenpy ghapi jenkins azure.devops plaid gocardless_pro ccxt yfinance pyicloud O365 msgraph linebot deepl musicbrainzngs pylast discogs_client tmdbv3api tmdbsimple trakt mwclient pyzotero cloudflare onesignal_sdk africastalking messagebird plivo webexteamssdk zulip pymsteams knockapi novu pyhibp shodan',
  },
  go: {
    'http-client':
      'github.com/chromedp/chromedp github.com/go-rod/rod github.com/playwright-community/playwright-go github.com/mmcdole/gofeed github.com/gocolly/colly github.com/go-resty/resty github.com/hashicorp/go-retryablehttp github.com/hashicorp/go-cleanhttp github.com/imroc/req github.com/dghubble/sling github.com/levigross/grequests github.com/parnurzeal/gorequest github.com/h2non/gentleman github.com/carlmjohnson/requests github.com/guonaihong/gout github.com/go-zoox/fetch github.com/dyatlov/go-opengraph github.com/otiai10/opengraph github.com/bogdanfinn/tls-client github.com/gojek/heimdall github.com/aws/smithy-go',
    'rpc-client':
      'google.golang.org/grpc connectrpc.com/connect github.com/gorilla/websocket github.com/coder/websocket github.com/eclipse/paho.mqtt.golang nhooyr.io/websocket github.com/machinebox/graphql github.com/shurcooL/graphql github.com/Khan/genqlient github.com/go-ldap/ldap github.com/pkg/sftp golang.org/x/crypto/ssh github.com/jlaffaye/ftp github.com/hooklift/gowsdl net/rpc github.com/twitchtv/twirp github.com/apache/thrift github.com/hasura/go-graphql-client github.com/gobwas/ws github.com/emersion/go-webdav github.com/studio-b12/gowebdav github.com/secsy/goftp github.com/hirochachacha/go-smb2 gopkg.in/ldap.v2 gopkg.in/ldap.v3 github.com/mattn/go-xmpp gosrc.io/xmpp maunium.net/go/mautrix github.com/ethereum/go-ethereum/ethclient github.com/gopcua/opcua github.com/tiaguinho/gosoap golang.org/x/net/websocket github.com/r3labs/sse',
    mail: 'net/smtp gopkg.in/gomail.v2 github.com/wneessen/go-mail github.com/emersion/go-imap github.com/jordan-wright/email gopkg.in/mail.v2 github.com/go-mail/mail github.com/go-gomail/gomail github.com/xhit/go-simple-mail github.com/emersion/go-smtp github.com/emersion/go-message github.com/domodwyer/mailyak gopkg.in/gomail github.com/knadh/smtppool github.com/mhale/smtpd',
    queue:
      'github.com/segmentio/kafka-go github.com/confluentinc/confluent-kafka-go github.com/IBM/sarama github.com/Shopify/sarama github.com/twmb/franz-go github.com/rabbitmq/amqp091-go github.com/streadway/amqp github.com/nats-io/nats.go cloud.google.com/go/pubsub github.com/ThreeDotsLabs/watermill gocloud.dev/pubsub github.com/nsqio/go-nsq github.com/Azure/azure-service-bus-go github.com/Azure/azure-sdk-for-go/sdk/messaging github.com/apache/pulsar-client-go github.com/wagslane/go-rabbitmq github.com/go-stomp/stomp github.com/eclipse/paho.golang cloud.google.com/go/cloudtasks github.com/lovoo/goka github.com/zeromq/goczmq github.com/bsm/sarama-cluster github.com/cloudevents/sdk-go',
    oauth:
      'golang.org/x/oauth2 github.com/coreos/go-oidc github.com/crewjam/saml github.com/markbates/goth github.com/zitadel/oidc github.com/ory/fosite github.com/russellhaering/gosaml2 github.com/go-oauth2/oauth2 github.com/zitadel/saml github.com/AzureAD/microsoft-authentication-library-for-go github.com/dghubble/oauth1 github.com/dghubble/gologin github.com/mrjones/oauth github.com/ory/hydra github.com/hashicorp/cap',
    token:
      'github.com/golang-jwt/jwt github.com/dgrijalva/jwt-go github.com/lestrrat-go/jwx github.com/go-jose/go-jose',
    credentials:
      'github.com/google/tink github.com/tink-crypto/tink-go github.com/hashicorp/vault/api github.com/zalando/go-keyring github.com/hashicorp/vault github.com/Azure/azure-sdk-for-go/sdk/azidentity cloud.google.com/go/secretmanager cloud.google.com/go/kms github.com/99designs/keyring',
    storage:
      'github.com/minio/minio-go github.com/aws/aws-sdk-go github.com/aws/aws-sdk-go-v2 gocloud.dev/blob cloud.google.com/go/storage github.com/Azure/azure-storage-blob-go github.com/Azure/azure-sdk-for-go/sdk/storage github.com/aliyun/aliyun-oss-go-sdk github.com/tencentyun/cos-go-sdk-v5 github.com/qiniu github.com/Backblaze/blazer github.com/ncw/swift github.com/thanos-io/objstore',
    resilience:
      'github.com/cenkalti/backoff github.com/avast/retry-go github.com/sony/gobreaker github.com/sethvargo/go-retry github.com/eapache/go-resiliency github.com/afex/hystrix-go github.com/failsafe-go/failsafe-go github.com/doyensec/safeurl github.com/mercari/go-circuitbreaker github.com/rubyist/circuitbreaker github.com/jpillora/backoff github.com/matryer/try github.com/Rican7/retry',
    webhook:
      'github.com/svix/svix-webhooks github.com/standard-webhooks/standard-webhooks github.com/go-playground/webhooks',
    sync: 'github.com/hibiken/asynq github.com/riverqueue/river github.com/robfig/cron go.temporal.io/sdk',
    signature: 'crypto/hmac',
    sdk: 'go.opentelemetry.io/otel/exporters go.opentelemetry.io/contrib/exporters github.com/launchdarkly github.com/Unleash/unleash-client-go github.com/statsig-io github.com/growthbook code.gitea.io/sdk codeberg.org/mvdkleijn/forgejo-sdk github.com/gogits/go-gogs-client github.com/google/go-github github.com/xanzy/go-gitlab github.com/andygrunwald/go-jira github.com/drone/go-scm google.golang.org/api github.com/SherClockHolmes/webpush-go github.com/sideshow/apns2 github.com/bugsnag github.com/rollbar github.com/newrelic github.com/ollama/ollama/api github.com/tmc/langchaingo github.com/bwmarrin/discordgo github.com/mattermost/mattermost github.com/nlopes/slack github.com/go-telegram-bot-api gopkg.in/telebot.v3 gopkg.in/tucnak/telebot.v2 github.com/mymmrac/telego gitlab.com/gitlab-org/api/client-go github.com/ktrysmt/go-bitbucket github.com/gfleury/go-bitbucket-v1 github.com/ctreminiom/go-atlassian github.com/sashabaranov/go-openai github.com/openai/openai-go github.com/anthropics/anthropic-sdk-go github.com/cloudflare/cloudflare-go github.com/digitalocean/godo github.com/hetznercloud/hcloud-go github.com/linode/linodego github.com/go-acme/lego github.com/caddyserver/certmagic golang.org/x/crypto/acme github.com/mattn/go-mastodon github.com/line/line-bot-sdk-go github.com/segmentio/analytics-go github.com/zmb3/spotify github.com/microsoftgraph github.com/gregdel/pushover github.com/containrrr/shoutrrr github.com/nicholas-fedor/shoutrrr github.com/nikoksr/notify github.com/appleboy/go-fcm firebase.google.com/go github.com/mailjet github.com/keighl/postmark github.com/resend github.com/gocardless github.com/razorpay github.com/plutov/paypal github.com/adlio/trello github.com/dstotijn/go-notion github.com/jomei/notionapi',
  },
  java: {
    'http-client':
      'com.microsoft.playwright org.openqa.selenium com.rometools.fetcher org.jsoup.Connection okhttp3 retrofit2 java.net.http java.net.HttpURLConnection org.apache.http org.apache.hc org.springframework.web.client org.springframework.web.reactive.function.client org.springframework.cloud.openfeign feign kong.unirest io.ktor.client com.github.kittinunf.fuel org.asynchttpclient javax.ws.rs.client jakarta.ws.rs.client io.micronaut.http.client org.springframework.web.service com.google.api.client.http sttp.client3 play.api.libs.ws com.squareup.okhttp com.squareup.retrofit com.android.volley com.loopj.android.http com.ning.http.client org.glassfish.jersey.client com.sun.jersey.api.client io.vertx.ext.web.client io.vertx.mutiny.ext.web.client reactor.netty.http.client org.eclipse.microprofile.rest.client org.eclipse.jetty.client org.http4s.client scalaj.http com.mashape.unirest io.helidon.webclient org.apache.commons.httpclient com.github.kevinsawicki.http java.net.URLConnection javax.net.ssl.HttpsURLConnection org.springframework.boot.web.client org.springframework.http.client de.jensklingenberg.ktorfit com.linecorp.armeria.client akka.http.scaladsl.Http sttp.client4',
    'rpc-client':
      'io.grpc javax.xml.ws jakarta.xml.ws org.springframework.ws javax.websocket org.java_websocket org.eclipse.paho com.hivemq org.fusesource.mqtt com.apollographql javax.naming.ldap com.jcraft.jsch net.schmizz.sshj org.apache.sshd.client org.apache.commons.net.ftp org.springframework.ldap org.apache.camel org.springframework.integration.http org.springframework.integration.mqtt org.springframework.integration.sftp org.springframework.integration.kafka org.springframework.integration.amqp com.sun.xml.ws org.apache.cxf org.apache.axis org.apache.axis2 org.apache.xmlrpc org.springframework.graphql.client org.apache.thrift com.hierynomus.sshj com.hierynomus.smbj jcifs org.jivesoftware.smack org.pircbotx org.web3j org.eclipse.milo com.github.sardine javax.naming.directory com.unboundid.ldap org.springframework.web.socket.client io.rsocket com.launchdarkly.eventsource okhttp3.sse com.thegrizzlylabs.sardineandroid',
    mail: 'javax.mail jakarta.mail org.springframework.mail org.simplejavamail io.quarkus.mailer org.apache.commons.mail com.sun.mail io.micronaut.email',
    queue:
      'org.apache.kafka org.springframework.kafka com.rabbitmq org.springframework.amqp org.springframework.jms javax.jms jakarta.jms io.nats org.apache.pulsar io.awspring.cloud.sqs org.eclipse.microprofile.reactive.messaging com.azure.messaging org.springframework.cloud.stream io.debezium org.apache.activemq org.apache.rocketmq com.google.pubsub com.google.cloud.pubsub com.google.cloud.spring.pubsub io.smallrye.reactive.messaging org.springframework.cloud.function org.apache.qpid io.awspring.cloud.sns io.awspring.cloud.messaging com.github.sonus21.rqueue',
    oauth:
      'org.springframework.security.oauth2 org.springframework.security.saml2 org.opensaml com.nimbusds.oauth2 com.nimbusds.openid org.pac4j com.github.scribejava org.keycloak com.onelogin.saml2 io.quarkus.oidc com.google.api.client.auth.oauth2 com.google.api.client.googleapis.auth com.microsoft.aad com.okta org.springframework.social org.apache.oltu net.openid.appauth io.micronaut.security.oauth2 org.jasig.cas org.apereo.cas com.google.android.gms.auth.api.signin com.microsoft.identity com.auth0',
    token: 'io.jsonwebtoken com.auth0.jwt com.nimbusds.jose com.nimbusds.jwt org.jose4j',
    credentials:
      'com.google.crypto.tink android.security.KeyChain java.security.KeyStore javax.net.ssl org.springframework.vault com.bettercloud.vault com.azure.identity com.azure.security org.springframework.cloud.vault',
    storage:
      'io.minio com.amazonaws software.amazon.awssdk com.azure.storage com.google.cloud.storage com.aliyun.oss com.qcloud.cos com.obs.services com.dropbox.core org.jclouds com.backblaze.b2 com.qiniu',
    resilience:
      'io.github.resilience4j org.springframework.retry dev.failsafe net.jodah.failsafe com.netflix.hystrix org.springframework.cloud.client.circuitbreaker org.eclipse.microprofile.faulttolerance com.github.rholder.retry com.evanlennick.retry4j io.micronaut.retry arrow.resilience',
    webhook: 'com.svix com.standardwebhooks',
    sync: 'org.quartz org.springframework.batch org.apache.beam io.temporal',
    signature: 'javax.crypto.Mac',
    sdk: 'io.opentelemetry.exporter com.launchdarkly io.getunleash com.statsig com.bugsnag com.rollbar com.newrelic com.google.android.gms.auth com.google.android.gms.wallet com.google.api.services com.google.auth com.google.cloud dev.langchain4j org.springframework.ai org.kohsuke.github org.gitlab4j com.atlassian com.mapbox net.dv8tion.jda org.telegram com.slack.api com.github.seratch com.microsoft.graph com.microsoft.azure microsoft.exchange com.theokanning.openai com.openai com.anthropic com.aallam.openai twitter4j com.restfb org.eclipse.egit.github com.spotify com.google.firebase com.google.maps com.onesignal com.xero com.intuit com.mercadopago com.paypal com.squareup.square com.plaid org.knowm.xchange com.linecorp.bot com.deepl com.azure.ai com.azure.resourcemanager com.google.ai com.google.genai org.shredzone.acme4j nl.martijndwars.webpush',
  },
  ruby: {
    'http-client':
      'Ferrum ferrum selenium-webdriver Selenium Grover open-uri Feedjira feedjira Mechanize mechanize SimpleRSS Curl curb faraday httparty rest-client net/http excon typhoeus http httpx Faraday HTTParty RestClient Net Excon Typhoeus HTTPX HTTP Patron HTTPClient HTTMultiParty Down HTTPI Spyke ActiveResource JsonApiClient OpenURI Feedzirra Weary EM::HttpRequest em-http-request Manticore LinkThumbnailer MetaInspector OpenGraphReader',
    'rpc-client':
      'mqtt MQTT xmpp4r jabber savon grpc graphql/client Savon GRPC faye/websocket net/ssh net/ldap Net::LDAP net/sftp net/ftp XMLRPC xmlrpc/client Twirp Gruf Graphlient WebSocket websocket-client-simple Viewpoint net/pop net/http/persistent ldap LDAP Eth',
    mail: 'ActionMailer net/smtp net/imap mail ActionMailbox Mailgun Mandrill Postmark SparkPost Mailjet mail_room Griddler',
    queue:
      'bunny kafka ruby-kafka rdkafka karafka sneakers shoryuken waterdrop Bunny Kafka Karafka Sneakers Shoryuken Racecar Hutch MarchHare Phobos Rdkafka WaterDrop NATS Stomp STOMP Pubsub',
    oauth:
      'omniauth oauth2 oauth ruby-saml openid_connect signet doorkeeper OAuth2 OAuth OmniAuth OneLogin Signet OpenIDConnect Rack::OAuth2 WebFinger SamlIdp GoogleSignIn JSON::JWT Doorkeeper SAML RubySaml',
    token: 'jwt json/jwt JWT',
    credentials: 'vault Vault lockbox Lockbox',
    storage: 'aws-sdk fog Aws Fog Shrine CarrierWave::Storage::AWS Azure GCS',
    resilience:
      'faraday/retry retriable circuitbox stoplight semian Retriable Circuitbox Stoplight Semian ssrf_filter SsrfFilter Faulty CircuitBreaker ExponentialBackoff Retryable',
    webhook: 'svix standardwebhooks',
    sync: 'sidekiq resque good_job rufus-scheduler',
    sdk: 'opentelemetry/exporter/otlp opentelemetry/exporter/jaeger opentelemetry/exporter/zipkin OpenTelemetry::Exporter LaunchDarkly ldclient-rb Unleash Bugsnag Rollbar Honeybadger NewRelic Google Koala Octokit Gitlab Trello Evernote Tumblr Rturk RTurk Slack Twitter Telegram Discordrb Geocoder WebPush Rpush Houston Vonage Wunderground Hipchat HipChat Jira JIRA MailChimp Gibbon Mastodon OpenAI Anthropic Stripe Plaid Braintree PayPal Paypal Adyen Mollie GoCardlessPro Razorpay ActiveMerchant ShopifyAPI EasyPost Shippo Intercom ZendeskAPI Hubspot Restforce Asana Airrecord Airtable Dropbox DropboxApi Mixpanel Amplitude PostHog Pusher Ably Pubnub Plivo Nexmo MessageBird FCM Fcm Apnotic Lowdown Grocer Cloudinary RubyLLM Langchain Flickr FlickRaw RSpotify LinkedIn Instagram DropletKit Hcloud Taxjar AvaTax Xeroizer Quickbooks AfricasTalking Elevenlabs Clearbit FullContact Docusign DocuSign_eSign HelloSign',
  },
  php: {
    'http-client':
      'Symfony\\Component\\Panther HeadlessChromium Facebook\\WebDriver Spatie\\Browsershot SimplePie Goutte Laminas\\Feed\\Reader GuzzleHttp Illuminate\\Support\\Facades\\Http Illuminate\\Http\\Client Symfony\\Contracts\\HttpClient Symfony\\Component\\HttpClient Psr\\Http\\Client Buzz Http\\Client Saloon Zend\\Http\\Client Laminas\\Http\\Client WpOrg\\Requests Magento\\Framework\\HTTP Unirest Curl\\Curl Ixudra\\Curl Amp\\Http\\Client React\\Http\\Browser Httpful Sabre\\HTTP\\Client Embed\\Embed Spatie\\Crawler Symfony\\Component\\BrowserKit\\HttpBrowser Graby Drupal\\Core\\Http Cake\\Http\\Client yii\\httpclient CodeIgniter\\HTTP\\CURLRequest Http\\Discovery Http\\Adapter OCP\\Http\\Client FeedIo Vedmant\\FeedReader',
    'rpc-client':
      'SoapClient Grpc phpseclib League\\Flysystem\\PhpseclibV3 SoapFault LdapRecord Sabre\\DAV\\Client Webklex Ddeboer\\Imap PhpImap WebSocket\\Client Ratchet\\Client phpseclib3 Adldap Symfony\\Component\\Ldap LdapTools Laminas\\Soap\\Client Zend\\Soap\\Client PhpXmlRpc',
    mail: 'Illuminate\\Mail Illuminate\\Support\\Facades\\Mail Illuminate\\Notifications\\Notification Illuminate\\Notifications\\Messages Illuminate\\Notifications\\Channels Illuminate\\Notifications\\Slack Symfony\\Component\\Notifier NotificationChannels PHPMailer Symfony\\Component\\Mailer Swift_Mailer Laminas\\Mail Zend\\Mail Illuminate\\Contracts\\Mail Symfony\\Bridge\\Twig\\Mime Symfony\\Component\\Mime\\Email Cake\\Mailer Swift_Message Swift_SmtpTransport OCP\\Mail',
    queue:
      'PhpAmqpLib RdKafka Enqueue Interop\\Queue Bschmitt\\Amqp Junges\\Kafka OldSound\\RabbitMqBundle VladimirYuldashev\\LaravelQueueRabbitMQ Stomp Google\\Cloud\\PubSub Mateusjunges\\Kafka PhpMqtt',
    oauth:
      'League\\OAuth2 Laravel\\Socialite OneLogin SimpleSAML LightSaml Jumbojett KnpU\\OAuth2ClientBundle HWI\\Bundle\\OAuthBundle Laravel\\Passport SocialiteProviders League\\OAuth1 Lusitanian\\OAuth OAuth\\OAuth2 FOS\\OAuthServerBundle Hybridauth Aacotroneo\\Saml2 Drenso\\OidcBundle Slides\\Saml2 Auth0 Trikoder\\Bundle\\OAuth2Bundle League\\Bundle\\OAuth2ServerBundle',
    token: 'Firebase\\JWT Lcobucci\\JWT Tymon\\JWTAuth',
    credentials: 'Vault',
    storage:
      'League\\Flysystem\\AwsS3V3 Aws Illuminate\\Support\\Facades\\Storage\\S3 League\\Flysystem\\GoogleCloudStorage League\\Flysystem\\AzureBlobStorage Google\\Cloud\\Storage Spatie\\Dropbox OSS Qiniu Spatie\\FlysystemDropbox MicrosoftAzure',
    resilience: 'GuzzleRetry Ackintosh\\Ganesha LeoCarmo\\CircuitBreaker',
    webhook:
      'Spatie\\WebhookClient Spatie\\WebhookServer Svix Symfony\\Component\\RemoteEvent Symfony\\Component\\Webhook',
    sync: 'Illuminate\\Contracts\\Queue Symfony\\Component\\Messenger',
    sdk: 'OpenTelemetry\\Contrib\\Otlp OpenTelemetry\\Contrib\\Zipkin Laravel\\Ai Symfony\\AI NeuronAI LaunchDarkly Unleash Bugsnag Rollbar Google Kreait Minishlink\\WebPush Github Gitlab Facebook Abraham\\TwitterOAuth OpenAI LLPhant Telegram Longman\\TelegramBot BotMan JoliCode\\Slack Maknz\\Slack Discord PayPal PayPalCheckoutSdk PaypalServerSdkLib Srmklive\\PayPal Omnipay Payum QuickBooksOnline XeroAPI Automattic\\WooCommerce Google_Client Google_Service Microsoft\\Graph FacebookAds TwitterOAuth SpotifyWebAPI JiraRestApi Bitbucket GoCardlessPro Nordigen Prism\\Prism Anthropic Mollie Kavenegar Infobip MessageBird Plivo DeepL Afosto\\Acme AcmePhp eBay\\SDK',
  },
  csharp: {
    'http-client':
      'Microsoft.Playwright PuppeteerSharp OpenQA.Selenium System.Net.Http RestSharp Flurl Refit Microsoft.Extensions.Http RestEase ServiceStack.Client Microsoft.Kiota EasyHttp System.Net.WebClient System.ServiceModel.Syndication CodeHollow.FeedReader Yarp.ReverseProxy.Forwarder Flurl.Http',
    'rpc-client':
      'Grpc System.ServiceModel System.Net.WebSockets Renci.SshNet GraphQL.Client FluentFTP System.DirectoryServices Novell.Directory MQTTnet Websocket.Client StrawberryShake WinSCP Opc.Ua SMBLibrary LdapForNet Nethereum System.Net.Sockets.TcpClient WebSocketSharp',
    mail: 'AspNetCore.Email MailKit MimeKit System.Net.Mail FluentEmail Postmark PostmarkDotNet Mailjet Mailgun MailerSend Resend',
    queue:
      'Confluent.Kafka RabbitMQ MassTransit Azure.Messaging NServiceBus Rebus DotNetCore.CAP NATS Microsoft.Azure.ServiceBus EasyNetQ Amazon.SQS KafkaFlow Apache.NMS Google.Cloud.PubSub Wolverine SlimMessageBus Silverback Paramore.Brighter Amazon.SimpleNotificationService Azure.Messaging.EventHubs CloudNative.CloudEvents DotPulsar',
    oauth:
      'IdentityServer4 AspNet.Security.OAuth Microsoft.AspNetCore.Authentication.Facebook Microsoft.AspNetCore.Authentication.MicrosoftAccount Microsoft.AspNetCore.Authentication.OAuth Microsoft.AspNetCore.Authentication.OpenIdConnect IdentityModel Microsoft.Identity OpenIddict Sustainsys.Saml2 Duende ITfoxtec Microsoft.AspNetCore.Authentication.Google Microsoft.Owin.Security.OAuth Microsoft.Owin.Security.OpenIdConnect AspNet.Security.OpenId DotNetOpenAuth Microsoft.AspNetCore.Authentication.Twitter Sustainsys ComponentSpace.Saml2 Microsoft.AspNetCore.Authentication.WsFederation',
    token:
      'System.IdentityModel.Tokens.Jwt Microsoft.IdentityModel Microsoft.AspNetCore.Authentication.JwtBearer',
    credentials:
      'Azure.Security.KeyVault VaultSharp Azure.Identity Azure.Security Amazon.SecretsManager Google.Cloud.SecretManager',
    storage:
      'Azure.Storage Amazon.S3 Minio Microsoft.WindowsAzure.Storage FluentStorage Storage.Net Google.Cloud.Storage Aliyun.OSS Amazon.Runtime',
    resilience:
      'Polly Microsoft.Extensions.Resilience Microsoft.Extensions.Http.Resilience Microsoft.Extensions.Http.Polly Ardalis.RetryPolicy',
    webhook: 'Svix StandardWebhooks',
    sync: 'Hangfire Quartz',
    sdk: 'SteamKit2 SteamWebAPI2 OpenTelemetry.Exporter Azure.Monitor.OpenTelemetry.Exporter Microsoft.Extensions.AI LaunchDarkly Unleash Statsig ConfigCat Optimizely Bugsnag Rollbar NewRelic Google.Apis Google.Cloud FirebaseAdmin Octokit NGitLab Atlassian Microsoft.SemanticKernel OllamaSharp Microsoft.Azure.NotificationHubs BitPayLight Microsoft.Graph Microsoft.Exchange Azure.AI Azure.ResourceManager GitLabApiClient Discord DSharpPlus Telegram.Bot SlackNet SlackAPI Tweetinvi LinqToTwitter Xero Intuit.Ipp ShopifySharp NetCoreForce MailChimp OpenAI Anthropic TMDbLib SpotifyAPI Going.Plaid Certes ACMESharp PayPalCheckoutSdk Pushover Amazon WebPush Lib.Net.Http.WebPush CorePush dotAPNS',
  },
  rust: {
    'http-client':
      'headless_chrome chromiumoxide fantoccini thirtyfour curl reqwest ureq hyper isahc surf awc hyper_util reqwest_middleware attohttpc reqwest_eventsource eventsource_client minreq http_client hyper_tls hyper_rustls webpage',
    'rpc-client':
      'activitypub_federation activitystreams http_signature_normalization tonic tokio_tungstenite tungstenite graphql_client ssh2 ldap3 async_tungstenite octocrab jsonrpsee jsonrpc_client cynic rumqttc paho_mqtt suppaftp russh async_ssh2_tokio xmpp web3 ethers tokio_websockets tarpc fastwebsockets',
    mail: 'lettre async_imap mail_send imap',
    queue:
      'rdkafka lapin async_nats nats aws_sdk_sqs pulsar amqprs samsa rskafka fluvio aws_sdk_sns aws_sdk_kinesis nsq_client',
    oauth: 'oauth2 openidconnect samael openid yup_oauth2 oxide_auth',
    token: 'jsonwebtoken jwt_simple josekit',
    credentials:
      'vaultrs keyring aws_sigv4 aws_credential_types azure_identity azure_security_keyvault aws_sdk_secretsmanager aws_sdk_kms',
    storage:
      'rusoto_s3 aws_sdk_s3 object_store opendal s3 minio aws_config azure_storage azure_storage_blobs cloud_storage google_cloud_storage rusty_s3',
    resilience: 'backoff reqwest_retry tokio_retry failsafe backon exponential_backoff recloser',
    webhook: 'svix standardwebhooks',
    sync: 'apalis fang',
    signature: 'hmac',
    sdk: 'opentelemetry_otlp opentelemetry_jaeger opentelemetry_zipkin launchdarkly_server_sdk unleash_api_client statsig octocrab web_push a2 fcm serenity twilight teloxide matrix_sdk async_openai ollama_rs google_cloud_pubsub google_cloud_auth aws_sdk async_stripe slack_morphism telegram_bot frankenstein twilio rspotify megalodon gitlab google_apis_common gcp_auth rig_core instant_acme acme_lib rustls_acme postmark sendgrid',
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
