import { isSentIn } from '#core/rules/sent-in'
import { bySigns, type Shown, type Sign } from '#core/rules/text-signs'

/** What bounds a body. Looked for in the whole file: clients are set up at its top. */
const BOUNDED =
  /[cC]ontent-?_?[lL]ength|CONTENT_LENGTH|[mM]ax_?(?:[sS]ize|[bB]ytes|[lL]ength|[dD]ownload|[uU]pload|[bB]ody|[fF]ile)|MAX_?(?:SIZE|BYTES|LENGTH|DOWNLOAD|UPLOAD|BODY|FILE|MB|[A-Z]{2,12}_?(?:SIZE|BYTES|MB))|MaxBytes|LimitReader|LimitedReader|MaxResponseContentBufferSize\s*=(?!\s*int\.MaxValue)|[sS]ize_?[lL]imit|SIZE_LIMIT|iter_content|iter_bytes|aiter_bytes|iter_lines|stream\s*=\s*True|stream_to|\bsink\b|'stream'\s*=>|too_?[lL]arge|TooLarge|bytes_stream|ResponseHeadersRead|CopyToAsync\(\s*(?:file|output|target|fs|stream)|\.size\s*>|\bfile_?size\b|\.Length\s*>|byteLength\s*>|\.length\s*>\s*[\dA-Z]|len\(\w+\)\s*>\s*[\dA-Z]|read\(\s*\w|\.take\(|BodyHandlers\.ofFile|createWriteStream|pipeline\(|on_data|LimitedInputStream|BoundedInputStream|ByteStreams\.limit|readNBytes|limits?\s*:|highWaterMark|[lL]imit\w{0,10}\s*=\s*\d|Content\.Headers\.ContentLength|strlen\(|maxContentLength|presigned|localhost|\bnew File\(|createObjectURL|FileReader|window\.|document\.|use client/
/** What is as large as somebody else makes it. */
const LARGE =
  /[rR]ecording|[aA]udio|[vV]ideo|[iI]mage|[aA]vatar|[pP]hoto|[pP]icture|[lL]ogo|[aA]ttachment|[dD]ownload|[dD]ocument|[pP]df|PDF|[fF]eed|[cC]sv|CSV|[eE]xport|[cC]atalog|[aA]rchive|[xX]lsx|[mM]irror|put_object|PutObject|\.upload\(|[uU]ploadBlob|BytesIO|\bStringIO|binwrite|ContentFile|[bB]ackup|[sS]napshot|\bdump\b|\bmedia\b|\bMedia\b|\bCv\b|[rR]esume\b/
const SMALL =
  /\.[jt]sx$|(?:^|\/)(?:scripts?|tools?|bin|cli|components|hooks|frontend|client|client-only|web|universal|utils|public|browser|mobile)\/|gravatar/

/** Whoever serves a fixed address is known, as is who answers at one that is set up. */
const FIXED =
  /\b\w{0,30}Base(?:Ur[il]|URL)\b|["'`]https?:\/\/(?:[\w-]+\.)+[a-z]{2,}|\b[A-Z][A-Z\d_]{0,60}_(?:UR[IL]|ENDPOINT|HOST|BASE)\b|\burl\.join\(|\b(?:base|api|service|server|repository|repo|mirror|registry|data|content)_?(?:[uU]r[il]|UR[IL])\b|\b(?:config|settings|options|opts|env)(?:\.|->|\[)(?!\w{0,20}timeout)/
/** What is read as fields is an answer, not a file. */
const IS_JSON =
  /\bjson\.(?:Unmarshal|NewDecoder|loads)\(|\bjson_decode\(|\bJSON\.parse\(|\bJsonSerializer\.|\bJsonConvert\./
/** An address that is no constant; whoever sent it says where to ask and how much comes back. */
const HANDED_OVER =
  /(?:^|[\s([,;=:!&*$@.>])(?:\w{1,40}(?:\.|->|\?\.|::|!\.))?(?!\w{0,20}(?:[bB]ase|[aA]pi|[sS]ervice|[sS]erver|[oO]wn|[sS]elf)_?[uU]r[il])\w{0,40}(?:[uU]r[il]|UR[IL]|[lL]ink|[hH]ref|[sS]rc|[lL]ocation|(?<![a-z])address)(?:\(\))?[!?]{0,2}(?=\s*[,);\]]|\.(?:clone|toString|toExternalForm|openStream)\(|\s*\.(?:openStream|readBytes)\b)/g

function isSentAddress(shown: Shown): boolean {
  return [...shown.around.matchAll(HANDED_OVER)].some((match) => {
    const before = /[\w$.?>\-[\]"']{0,80}$/.exec(shown.around.slice(0, match.index))?.[0] ?? ''
    const path = (before + match[0]).replace(/^[\s\S]*[\s([,;=:!&*@](?=[\w$])|^[^\w$]+/, '')
    return isSentIn(shown, path.replace(/\(\)|[!?]+$/g, ''))
  })
}

function download(languages: Sign['languages'] & object, pattern: RegExp, asked: RegExp): Sign {
  return {
    pattern,
    languages,
    only: [asked, LARGE],
    // The label of one parcel is a page.
    unless: [/\b[lL]abels?\b/, FIXED, IS_JSON],
    unlessFile: BOUNDED,
    holds: (shown) => !SMALL.test(shown.file.path) && isSentAddress(shown),
  }
}

/** A body from outside that is taken into memory as a whole, however large it is. */
export const wholeBody = bySigns([
  download(
    ['python'],
    /\b(?!self\b)\w+(?:\.content\b(?!\.)|\.read\(\s*\))(?!\s*[=.(])/g,
    /\b(?:requests|httpx|session|client|http|self\._?\w*(?:session|client|http))\.(?:get|request)\(|urlopen\(|aiohttp/,
  ),
  download(
    ['csharp'],
    /\.(?:ReadAsByteArrayAsync|GetByteArrayAsync|DownloadData(?:TaskAsync)?)\([^\n;]{0,80}/g,
    /\.(?:GetAsync|SendAsync|GetByteArrayAsync|DownloadData\w*)\(/,
  ),
  download(
    ['java', 'kotlin'],
    /BodyHandlers\.ofByteArray\(\)|\.(?:getForObject|getForEntity)\([^;\n]{0,120}byte\[\]\.class|(?:openStream\(\)|getInputStream\(\)|[bB]ody\(\)|entity\.content|getContent\(\))\s*!?\??\.(?:readAllBytes|bytes|readBytes)\(\)|IOUtils\.toByteArray\([^;\n]{0,80}|EntityUtils\.toByteArray\([^;\n]{0,60}|\bURL\([^;\n]{1,60}\)\.readBytes\(\)|\.body<ByteArray>\(\)|\.readBytes\(\)/g,
    /\b[hH]ttp|URL\(|openStream|restTemplate|OkHttp/,
  ),
  download(
    ['php'],
    /->body\(\)|getBody\(\)->getContents\(\)|\(string\)\s*\$\w+->getBody\(\)|->getContent\(\)|\bfile_get_contents\(\s*\$\w*(?:->\w*)?(?:[uU]rl|link|href)\w*\s*\)/g,
    /str_getcsv|explode\(\s*["']\\n|[cC]sv_?[rR]eader|Storage::|imagecreate|simplexml_load_string|[iI]mage|[rR]ecording|[aA]ttachment/,
  ),
  download(
    ['ruby'],
    /\b\w*(?:res|resp|response|answer|reply|result)\.body\b(?!\s*(?:\[|&?\.(?:slice|dig)))|URI\.open\([^\n]{1,80}\)\.read\b|\.get\([^\n]{1,80}\)\.body\b/g,
    /(?:CSV|Nokogiri|StringIO|binwrite|File\.write|attach|upload|put_object)/,
  ),
  download(['rust'], /\.bytes\(\)\s*\.await/g, /reqwest|\.get\(/),
  download(
    ['go'],
    /\b(?:io|ioutil)\.ReadAll\(\s*\w+\.Body\s*\)/g,
    /[iI]mage|[aA]vatar|[aA]ttachment|[dD]ownload|[fF]eed|[cC]sv|CSV|[rR]ecording|[eE]xport|[dD]ocument|[mM]edia|[cC]atalog/,
  ),
  download(
    ['typescript', 'javascript'],
    /\bawait\s+[\w.]*\b(?:res|resp|response|answer|reply|download|file|upstream|remote|body|r)\w*\.(?:arrayBuffer|blob|buffer|bytes)\(\)|\b(?:axios|http\w*|client)(?:\.(?:get|request))?\([^;]{0,200}responseType:\s*['"]arraybuffer['"]/g,
    /\bfetch\(|\bgot\(|undici|\.request\(|arraybuffer/,
  ),
  // What is unpacked is larger than what was sent.
  {
    pattern:
      /\bio(?:util)?\.(?:ReadAll\(\s*(?<a>[a-z]\w*)\s*\)|Copy\(\s*&?(?<into>\w+)\s*,\s*(?<b>[a-z]\w*)\s*\))/g,
    languages: ['go'],
    holds: ({ match, around }) => {
      const name = match.groups?.['a'] ?? match.groups?.['b'] ?? ''
      const unpacked = `\\b${name}\\s*(?:,\\s*\\w+)?\\s*:?=\\s*(?:gzip|zlib|flate|bzip2|zstd|brotli|\\w+)\\.(?:NewReader(?:Dict)?|Open)\\(`
      const file = `\\b${match.groups?.['into'] ?? '-'}\\b[^\\n=]{0,20}=\\s*os\\.(?:Create|OpenFile)\\(`
      return (
        new RegExp(unpacked).test(around) &&
        !new RegExp(file).test(around) &&
        /gzip|zlib|flate|bzip2|zstd|brotli|zip\./.test(around) &&
        !new RegExp(
          `Limit(?:ed)?Reader\\(\\s*${name}\\b|CopyN\\(|UncompressedSize|os\\.Open\\(`,
        ).test(around)
      )
    },
  },
  {
    pattern:
      /\b(?:gz\w*|zip\w*|inflater?\w*|unpacked|decompressed|gunzip)\.(?:readAllBytes|readBytes|CopyTo(?:Async)?|ReadToEnd(?:Async)?|transferTo)\([^\n;]{0,60}|new\s+GZIPInputStream\([^;\n]{1,80}\)\.readAllBytes\(\)|Zlib::GzipReader\.new\([^\n]{1,80}\)\.read\b|Zlib(?:::Inflate)?\.(?:gunzip|inflate)\([^\n]{1,60}|\b(?:gzdecode|gzinflate)\(\s*\$\w+(?:->\w+)*(?:\[[^\]\n]{1,40}\])?(?:->\w+\(\))?\s*\)/g,
    languages: ['java', 'kotlin', 'csharp', 'ruby', 'php'],
    only: [
      /[rR]equest|[rR]esponse|[bB]ody|[uU]pload|[pP]ayload|[pP]artner|[sS]upplier|[fF]eed|[dD]ownload|[hH]ttp|[sS]ftp|params/,
    ],
    // Who signed it is known.
    unless: [/hash_equals|secure_compare|FixedTimeEquals|isEqual\(|verif(?:y|ied)\w*[Ss]ignature/],
    unlessFile: BOUNDED,
  },
  // Uploads, which these frameworks do not bound by themselves.
  {
    pattern: /\bawait\s+(?<name>\w+)\.read\(\s*\)/g,
    languages: ['python'],
    unlessFile: BOUNDED,
    holds: ({ match, around }) =>
      new RegExp(`\\b${match.groups?.['name']}\\s*:\\s*(?:Annotated\\[)?(?:bytes|UploadFile)`).test(
        around,
      ),
  },
  {
    pattern: /\brequest\.(?:FILES|files)(?:\[["']\w+["']\]|\.get\(["']\w+["']\))\.read\(\s*\)/g,
    languages: ['python'],
    unlessFile: BOUNDED,
  },
  {
    pattern: /\b(?<name>\w+)\.read\(\s*\)/g,
    languages: ['python'],
    unlessFile: BOUNDED,
    holds: ({ match, around }) =>
      new RegExp(`\\b${match.groups?.['name']}\\s*=\\s*request\\.(?:FILES|files)\\b`).test(around),
  },
  {
    pattern:
      /\bmulter\(\s*(?:\{[^{}]{0,200}memoryStorage\(\)[^{}]{0,100}\}|\{\s*storage(?::\s*\w+)?\s*,?\s*\}|\)|$)/g,
    languages: ['typescript', 'javascript'],
    onlyFile: /memoryStorage\(\)/,
    unlessFile: /\blimits\s*:|fileSize/,
  },
  {
    pattern: /\bawait\s+(?<name>\w+)\.(?:arrayBuffer|bytes|text)\(\)/g,
    languages: ['typescript', 'javascript'],
    unlessFile: BOUNDED,
    only: [/\.formData\(\)/],
    unless: [/\.size\b/],
  },
  {
    pattern: /\bio(?:util)?\.ReadAll\(\s*(?<name>file|f|part|upload|src|fh)\s*\)/g,
    languages: ['go'],
    only: [/FormFile\(|NextPart\(|MultipartReader/],
    unlessFile: /MaxBytes|LimitReader|BodyLimit|\.Size\s*>/,
  },
])
