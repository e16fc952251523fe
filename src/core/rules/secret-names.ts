/** A plain path of names: anything that calls, slices or tests the value may have made it harmless. */
const PATH = /^(?:await\s+)?[A-Za-z_$@][\w$]*(?:\??(?:\.|->)[\w$]+|\[(?:["'][\w-]+["']|:\w+)\])*$/
const MAX_VALUE = 200
const SECRET_NAME =
  /(?:^|[._\]["'-])(?:\w*_)?(?:access_?token|refresh_?token|auth_?token|bearer_?token|id_?token|bot_?token|api_?token|session_?token|raw_?token|jwt_?token|api_?key|api_?secret|app_?secret|shared_?secret|consumer_?secret|secret_?access_?key|secret_?key|private_?key|signing_?key|hmac_?key|client_?secret|webhook_?secret|signing_?secret|password|passwd|credentials|authorization)["'\]]*$/i
const CAMEL_SECRET =
  /(?:AccessToken|RefreshToken|AuthToken|BotToken|ApiToken|SessionToken|BearerToken|ApiKey|APIKey|ApiSecret|AppSecret|SharedSecret|ConsumerSecret|SecretKey|SecretAccessKey|PrivateKey|SigningKey|HmacKey|ClientSecret|WebhookSecret|SigningSecret|Password|SecretText|SecretValue|(?:[pP]lain_?[tT]ext_?|[rR]aw)(?:Key|Token|Secret|Password))$|\.(?:secret|Secret|client_secret_value)$/
const SECRET_ENVIRONMENT =
  /(?:process\.env\.|(?:os\.)?environ\[["']|\bENV\[["']|\$_ENV\[["'])[A-Z0-9_]*(?:SECRET|TOKEN|PASSWORD|API_?KEY|PRIVATE_KEY|DATABASE_URL|CONNECTION_STRING)/
/** A key by itself, such as `STRIPE_KEY`; some are public, and others name a thing and open nothing. */
const KEY_IN_ENVIRONMENT =
  /(?:process\.env\.|(?:os\.)?environ\[["']|\bENV\[["']|\$_ENV\[["'])(?!\w*(?:PUBLIC|PUBLISHABLE|SITE|CACHE|OBJECT|BUCKET|SORT|PARTITION|PRIMARY|IDEMPOTENCY|ROUTING|STORAGE|QUEUE|HOT|SHORTCUT)_)[A-Z0-9]\w*_KEY(?:["']\])?$/
/** All headers of a request, whichever library keeps them; those of an answer carry no credential. */
const HEADERS =
  /^(?:(?:this|self|event|context|ctx|c|err|error|e|exc|reason|axiosError|res|response|resp|r|answer)\??\.)*(?:req|request|ctx|config|originalRequest|requestConfig|requestOptions)\??\.(?:headers|rawHeaders)$|^event\.(?:headers|multiValueHeaders)$|^axios\.defaults(?:\.headers(?:\.common)?)?$|^(?:self\.)?request\.(?:META|environ|env)$|^(?:self\.|@)?_?(?:session|http_client|requests_session)\.headers$|^(?:[\w]+\.)?(?:r|req|request|Request)\.Header$/
const HEADERS_PHP =
  /^(?:\$(?:this->)?(?:request|req)|request\(\)|Request)(?:->|::)(?:headers->all\(\)|headers|header\(\)|getHeaders\(\)|server\(\)|server->all\(\))$|^\\?(?:getallheaders|apache_request_headers)\(\)$|^\$_(?:SERVER|ENV|COOKIE)$/
/** What a client's error or answer keeps of the request, its credentials included; the whole environment. */
const CARRIES =
  /^(?:err|error|e|exc|axiosError|res|response|reason)\??\.(?:config|request|response\??\.config)$|^(?:process\.env|os\.environ|environ|ENV)$/
/** What only tells about a secret: a flag, or the error of a wrong one. */
const ABOUT_SECRET =
  /(?:^|\.)(?:err|Err|is|has|use|no|need|needs|require|requires|invalid|missing|disable|enable|Flag|Env|Key|Header)[A-Z]\w*$|(?:Reset|Forgot|Forgotten|Change|Update|To|Verify|Check|Without|Allow|Require)(?:Password|[A-Z]\w+Token)$/

/** Whether an expression is a credential by its name, or what certainly carries one. */
export function isSecret(written: string): boolean {
  if (written.length > MAX_VALUE) return false
  if (HEADERS_PHP.test(written)) return true
  if (!PATH.test(written)) return false
  // `$this->apiKey`, `@api_key` and `[:password]` as they would read elsewhere.
  const value = written
    .replace(/^[$@]+(?!_ENV)/, '')
    .replaceAll('->', '.')
    .replace(/\[:(\w+)\]/g, "['$1']")
  if (HEADERS.test(value) || CARRIES.test(value) || SECRET_ENVIRONMENT.test(value)) return true
  if (KEY_IN_ENVIRONMENT.test(value)) return true
  if (ABOUT_SECRET.test(value)) return false
  return SECRET_NAME.test(value) || CAMEL_SECRET.test(value)
}

/** Constants, members of enumerations and resources: names of settings and messages, not their values. */
const CONSTANT = /^[A-Z][A-Z0-9_]*$|^(?!\w*(?:Options|Config|Settings|Properties)\b)[A-Z]\w*\.\w+$/
/** What only tells about a secret, as these languages write it. */
const ABOUT = /(?:^|\.)(?:[hH]as|[iI]s|[iI]nvalid|[mM]issing|[rR]equires?|[nN]eeds?)[A-Z]\w*$/

/** The same in languages with types: `token!.AccessToken` and `token.getAccessToken()` are paths too. */
export function isTypedSecret(written: string): boolean {
  if (written.length > MAX_VALUE || CONSTANT.test(written)) return false
  const value = written
    .replaceAll('!', '')
    .replace(/\.(?:get(?=[A-Z]))?(\w{1,60})\(\)$/, '.$1')
    .replace(/\.Value$/, '')
  return !ABOUT.test(value) && isSecret(value)
}
