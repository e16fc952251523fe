/**
 * Services that many programs call and that no pack describes: media and book data, push, maps,
 * captchas, hosts, identity checks. Names of tools and of products that one hosts oneself are left
 * out: in their own repositories they stand everywhere.
 */
const SERVICES: ReadonlySet<string> = new Set(
  [
    'lastfm librefm musicbrainz listenbrainz deezer trakt tmdb thetvdb openlibrary goodreads',
    'pushover pushbullet victorops googlechat bluesky nominatim openstreetmap',
    'openweathermap geonames maxmind recaptcha hcaptcha turnstile akismet haveibeenpwned hibp',
    'virustotal letsencrypt hetzner linode vultr scaleway fastly akamai cloudfront pingdom',
    'uptimerobot webdav caldav carddav yubico duo onfido jumio nordigen saltedge simplefin coingecko',
    'cloudinary imgix uploadcare filestack transloadit bunnycdn wasabi elevenlabs deepgram',
    'assemblyai openrouter groq deepseek fireworksai voyageai pinecone',
    'opencagedata ipinfo ipstack geoapify locationiq thunderforest maptiler',
    'clearbit zerobounce neverbounce mailerlite convertkit activecampaign getresponse',
    'smtp2go elasticemail moosend omnisend textmagic clicksend telnyx africastalking',
    'gotowebinar',
    'smartsheet harvestapp toggl clockify bamboohr hibob',
    'sendcloud shipcloud shipengine aftership postnord packlink',
    'bluesnap dwolla iyzico paytm phonepe cashfree xendit midtrans payfast yookassa',
    'przelewy24 payrexx saferpay sezzle rotessa coingate bitpay nowpayments',
    'quaderno taxamo vatlayer exchangerate openexchangerates currencylayer alphavantage finnhub',
    'pipedream workato mulesoft plentymarkets lightspeedhq',
    'yousign hellosign signwell codat yodlee gocardlesspro belvo fintoc',
    'trustpilot yotpo gorgias freshchat tawkto helpcrunch',
    'coinmarketcap kraken binance bitfinex instapaper pinboard readwise youtube vimeo twitch',
  ]
    .join(' ')
    .split(' '),
)

/** Whether a word, or two that follow each other without a gap, names such a service. */
export const isService = (word: string) => SERVICES.has(word.toLowerCase())
