import type { Reach, Signal } from '#core/filter/hit'
import type { ImportLanguage } from '#core/providers/provider'

/** A word that speaks for an integration where code uses it. */
export interface Term {
  readonly signal: Signal
  readonly weight: number
  /** The line must also match this, so that the word is used as meant. */
  readonly needs?: RegExp
  /** Unless stated, a word speaks for little more than its own line. */
  readonly reach?: Reach
  /** The only language in which the word has this meaning. */
  readonly only?: ImportLanguage
}

/** Go hands method and address to whatever sends the request; a route has its path in quotes. */
const METHOD_AND_ADDRESS = /\.Method[A-Z]\w{1,8}\s*,\s*[\w.]{0,40}(?:url|endpoint|uri|addr)/i

/** The function itself, neither a method of that name nor the place where one is defined. */
const FETCH =
  /(?<![\w.])fetch\s*\((?!.*\)\s*(?::[^;]{0,200})?\{\s*$)|\b(?:window|globalThis|self|undici)\.fetch\s*\(/

/** A method or function that is called, not the place where it is defined. */
const OWN_HELPER = /^(?!\s*func\b).{0,200}\.(?:Get|Post|Do)J(?:SON|son)\s*\(/

/** Sends what a program measures of itself to who collects it; not what its callers do. */
const EXPORTER: Term = { signal: 'sdk', weight: 0.6, reach: 'file' }
/** A call, and not the place where one is defined. */
const WRAPPED =
  /(?<!\b(?:function|def|func|fn|fun)\s{1,4})\b(?:safe_?|proxied_?|proxy_?)?(?:fetch|download)_?[A-Za-z_]{0,40}\s*\(/

/** Words that make or send a request, with the shape that a line must have for them to do so. */
export const CALLS: ReadonlyMap<string, Term> = new Map(
  Object.entries<Term>({
    fetch: { ...call(0.5, FETCH), only: 'js' },
    axios: call(0.45, /\baxios(\.\w+)?\s*[(<]/),
    requests: call(0.5, /\brequests\.(get|post|put|patch|delete|request|head|Session)\b/),
    httpx: call(0.5, /\bhttpx\.\w+\s*\(/),
    session: call(
      0.3,
      /\b(session|_session)\.(get|post|put|patch|delete|request)\s*\(\s*(f?["']http|url|self\.|f["'])/,
    ),
    asyncclient: { ...call(0.45, /\bAsyncClient\s*\(/), only: 'python' },
    aiohttp: call(0.5, /\baiohttp\.ClientSession\b/),
    urlopen: call(0.5, /\burlopen\s*\(/),
    newrequest: call(0.5, /\bhttp\.NewRequest\s*\(/),
    // The package is a server first; only its client calls another system.
    fasthttp: call(
      0.55,
      /\bfasthttp\.(?:Client|HostClient|PipelineClient|LBClient|Do\w*|Get\w*|Post)\b/,
    ),
    newrequestwithcontext: call(0.5, /\bhttp\.NewRequestWithContext\s*\(/),
    defaultclient: call(0.5, /\bhttp\.DefaultClient\b/),
    client: call(0.45, /\bhttp\.Client\b|\bhttpClient\b|\bHttpClient\b|\bnew Client\(\s*\[/),
    http: call(
      0.45,
      /\bhttp\.(Get|Post|PostForm|Head)\s*\(|\bHttp::(get|post|put|patch|delete|with\w*|asForm|asJson|baseUrl|timeout|retry|accept\w*)\b|\bHTTP\.(get|post|put|auth|headers)\b/,
    ),
    net: call(0.55, /\bNet::HTTP\b/),
    https: { ...call(0.5, /(?<![\w.])https\.(?:get|request)\(/), only: 'js' },
    httpclient: call(0.45, /\bHttpClient\b|\bhttpClient\s*\.|\bhttp_client\b(?!::)/),
    ihttpclientfactory: call(0.5, /./),
    resttemplate: call(0.5, /./),
    webclient: call(0.45, /\bWebClient\b/),
    restclient: call(0.5, /\bRestClient\b/),
    feignclient: call(0.6, /@FeignClient/),
    httpurlconnection: call(0.5, /./),
    okhttpclient: call(0.55, /./),
    reqwest: call(0.5, /\breqwest::(?!headers?\b|StatusCode|Method|Url|Error|Result)/),
    curlinit: call(0.55, /\bcurl_init\b/),
    curlsetopt: call(0.5, /\bcurl_setopt/),
    wpremoteget: call(0.6, /./),
    wpremotepost: call(0.6, /./),
    wpremoterequest: call(0.6, /./),
    urlfetchapp: call(0.6, /./),
    urlsession: call(0.4, /\bURLSession\b/),
    httppoison: call(0.55, /./),
    httpoison: call(0.55, /./),
    tesla: call(0.5, /\bTesla\b/),
    finch: call(0.5, /\bFinch\b/),
    addhttpclient: call(0.5, /./),
    faraday: call(0.55, /\bFaraday\b/),
    httparty: call(0.55, /\bHTTParty\b/),
    guzzleclient: call(0.5, /./),
    proxyrequest: call(0.4, /./),
    makerequest: call(0.35, /./),
    apirequest: call(0.3, /./),
    sendrequest: call(0.35, /./),
    apicall: call(0.3, /./),
    baseurl: call(0.3, /\bbase_?url\b\s*[:=(]/i),
    httprequest: call(
      0.3,
      /\.httpRequest|httpRequestWithAuthentication|HttpRequestMessage|HttpRequest\.newBuilder/,
    ),
    fileGetContents: call(0.55, /\bfile_get_contents\s*\(\s*['"]https?:/),
    open: call(0.5, /\bURI\.open\b/),
    connect: call(0.5, /\bJsoup\.connect\b/),
    openconnection: call(0.45, /\bopenConnection\s*\(/),
    postasjsonasync: call(0.45, /./),
    getfromjsonasync: call(0.5, /./),
    methodget: call(0.5, METHOD_AND_ADDRESS),
    methodpost: call(0.5, METHOD_AND_ADDRESS),
    methodput: call(0.5, METHOD_AND_ADDRESS),
    transport: call(0.45, /\bhttp\.Transport\b/),
    // Sockets that this side opens; whoever listens accepts instead.
    dial: socket(/\b(?:net|tls)\.Dial\b/),
    dialer: socket(/\b(?:net|tls)\.Dialer\b/),
    dialtimeout: socket(/\bnet\.DialTimeout\b/),
    dialtcp: socket(/\bnet\.DialTCP\b/),
    dialwithdialer: socket(/\btls\.DialWithDialer\b/),
    tcpclient: socket(/\bnew\s+TcpClient\b/),
    sslstream: socket(/\bnew\s+SslStream\b/),
    socket: socket(/\bnew\s+(?:SSL)?Socket\s*\(|\bcreateSocket\s*\(/),
    sslsocketfactory: socket(/./),
    createconnection: socket(/\b(?:socket|loop|net|tls)\.create_?[cC]onnection\s*\(/),
    openconnectionasync: socket(/./),
    wrapsocket: socket(/\bwrap_socket\s*\(/),
    tcpstream: socket(/\bTcpStream::connect\b/),
    tlsconnector: socket(/./),
    tcpsocket: socket(/\bTCPSocket\.(?:new|open)\b/),
    sslsocket: socket(/\bSSLSocket\.new\b/),
    fsockopen: socket(/./),
    streamsocketclient: socket(/./),
    // An address that is looked at before it is called.
    isprivate: guard(/(?:ip|addr|address)\b\s*(?:\.|->)\s*is_?private/i),
    isglobal: guard(/(?:ip|addr|address)\b\s*(?:\.|->)\s*is_?global/i),
    isreserved: guard(/(?:ip|addr|address)\b\s*(?:\.|->)\s*is_?reserved/i),
    isloopback: guard(/(?:ip|addr|address)\b\s*(?:\.|->)\s*is_?loopback/i),
    islinklocal: guard(/(?:ip|addr|address)\b\s*(?:\.|->)\s*is_?link_?local/i),
    islinklocalunicast: guard(/\.IsLinkLocalUnicast\b/),
    sendmail: mailer(/\bsend_?mail\s*\(/i, 0.5),
    sendemail: mailer(/(?:\bawait\s+|\breturn\s+|=\s*)[\w.]{0,60}send_?email\s*\(/i, 0.3),
    // A wrapper of one's own around the function itself.
    fetchwithproxy: call(0.5, WRAPPED),
    fetchwithtimeout: call(0.5, WRAPPED),
    fetchwithretry: call(0.5, WRAPPED),
    fetchwithauth: call(0.4, WRAPPED),
    fetchurl: call(0.45, WRAPPED),
    fetchpage: call(0.35, WRAPPED),
    fetchhtml: call(0.45, WRAPPED),
    fetchjson: call(0.4, WRAPPED),
    fetchfeed: call(0.45, WRAPPED),
    fetchimage: call(0.35, WRAPPED),
    fetchfavicon: call(0.45, WRAPPED),
    downloadfile: call(0.3, WRAPPED),
    downloadimage: call(0.35, WRAPPED),
    downloadurl: call(0.35, WRAPPED),
    proxiedfetch: call(0.5, WRAPPED),
    proxyfetch: call(0.5, WRAPPED),
    // What is done with an answer, or with a request whose maker stands elsewhere.
    request: call(0.45, /(?:->|\.)request\(\s*['"](?:GET|POST|PUT|PATCH|DELETE)['"]/),
    do: { ...call(0.45, /[cC]lient\.Do\(/), only: 'go' },
    send: { ...call(0.46, /\.send\(\)\s*(?:\.await|\?|$)/), only: 'rust' },
    errorforstatus: { ...call(0.45, /\.error_for_status\w{0,10}\(/), only: 'rust' },
    raiseforstatus: { ...call(0.45, /\.raise_for_status\(/), only: 'python' },
    ensuresuccessstatuscode: call(0.45, /\.EnsureSuccessStatusCode\(/),
    readasstringasync: { ...call(0.35, /\.Content\.ReadAsStringAsync\(/), only: 'csharp' },
    readfromjsonasync: { ...call(0.35, /\.Content\.ReadFromJsonAsync\b/), only: 'csharp' },
    getstringasync: { ...call(0.4, /\.GetStringAsync\(/), only: 'csharp' },
    getbytearrayasync: { ...call(0.4, /\.GetByteArrayAsync\(/), only: 'csharp' },
    bodyhandlers: { ...call(0.5, /\bBodyHandlers\./), only: 'java' },
    newcall: { ...call(0.5, /\.newCall\(/), only: 'java' },
    curlexec: call(0.5, /\bcurl_exec\b/),
    // Only who asked has an answer to close, to read and to check.
    body: { ...call(0.46, /\bres(?:p|ponse)?\.Body\.Close\(\)/), only: 'go' },
    resp: {
      ...call(0.42, /\bresp(?:onse)?\.(?:json\(\)|text\b(?!\s*=)|status_code\b(?!\s*=[^=]))/),
      only: 'python',
    },
    response: {
      ...call(0.42, /\bresponse\.(?:json\(\)|text\b(?!\s*=)|status_code\b(?!\s*=[^=]))/),
      only: 'python',
    },
    // Requests that a helper of the program's own makes.
    getjson: { ...call(0.46, OWN_HELPER), only: 'go' },
    dojson: { ...call(0.46, OWN_HELPER), only: 'go' },
    postjson: { ...call(0.46, OWN_HELPER), only: 'go' },
    httprequestbuilder: { ...call(0.5, /\bnew\s+HttpRequestBuilder\s*\(/), only: 'csharp' },
    // Measurements and traces that are sent to whoever collects them.
    addotlpexporter: EXPORTER,
    useotlpexporter: EXPORTER,
    addzipkinexporter: EXPORTER,
    addjaegerexporter: EXPORTER,
    addazuremonitortraceexporter: EXPORTER,
    // A class of mails, by the framework's own base.
    applicationmailer: mailer(/<\s*ApplicationMailer\b/),
    actionmailer: mailer(/<\s*ActionMailer::Base\b/),
    mailable: mailer(/\bextends\s+Mailable\b/),
    notification: mailer(/\bextends\s+Notification\b/),
  }).map(([word, term]) => [word.toLowerCase(), term]),
)

function call(weight: number, needs: RegExp): Term {
  return { signal: 'outbound-call', weight, needs, reach: 'file' }
}

function socket(needs: RegExp): Term {
  return { signal: 'rpc-client', weight: 0.5, needs, reach: 'file' }
}

function guard(needs: RegExp): Term {
  return { signal: 'resilience', weight: 0.46, needs, reach: 'part' }
}

function mailer(needs: RegExp, weight = 0.6): Term {
  return { signal: 'mail', weight, needs, reach: 'file' }
}
