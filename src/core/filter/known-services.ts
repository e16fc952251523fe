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
    'coinmarketcap kraken binance bitfinex instapaper pinboard readwise youtube vimeo twitch',
  ]
    .join(' ')
    .split(' '),
)

/** Whether a word, or two that follow each other without a gap, names such a service. */
export const isService = (word: string) => SERVICES.has(word.toLowerCase())
