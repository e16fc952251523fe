import { isPython, isScript } from '#core/rules/code'
import { assignedTo } from '#core/rules/scope-text'
import { bySigns, isOfRequest, type Shown } from '#core/rules/text-signs'

/** Fields that hold the name of a file as somebody else wrote it. */
const NAMED =
  '(?:file_?name|fileName|FileName|Filename|filename|original_?name|originalname|originalName|originalFilename|originalFileName|original_filename|attachment_?name|document_?name|getOriginalFilename\\(\\)!?|getSubmittedFileName\\(\\)|getClientOriginalName\\(\\)|file_name\\(\\)(?:\\.unwrap\\(\\)|\\?)?|getFileName\\(\\))'
/** Names of the entries of an archive, or of a folder elsewhere. */
const ENTRY =
  '(?:entry|member|info|hdr|header|zip_?entry|zipEntry|tar_?entry|remote|remote_?file|f|file|item|e|zf|m)(?:\\.|->)(?:name|filename|Name|FullName|getName\\(\\)|fileName|path|full_name|entryName|Key|attr\\.filename|name\\(\\)(?:\\.to_string\\(\\))?|mangled_name\\(\\))'
const JOIN =
  '(?:\\bpath\\.(?:posix\\.)?(?:join|resolve)|\\bfilepath\\.Join|\\bpath\\.Join|\\bos\\.path\\.join|\\bPath\\.(?:Combine|Join)|\\bFile\\.(?:join|open|write|binwrite|new|expand_path)|\\bPaths\\.get|\\bPath\\.of|\\b(?:new\\s+)?(?:File|FileOutputStream|FileInputStream|FileWriter|FileStream)|\\.(?:resolve|joinpath|div|toPath)|(?<!["\'`]|::)\\.join|\\bPath(?:\\b|Buf::from)|\\bRails\\.root\\.join|\\bjoin|\\bfopen|\\b(?:file_put_contents|file_get_contents|move_uploaded_file|unlink|readfile)|\\bopen|\\bsend_file|\\bFileResponse|\\bPhysicalFile|\\bServeFile|\\bres\\.(?:sendFile|download)|\\b(?:os|ioutil)\\.(?:Create|Open|OpenFile|ReadFile|WriteFile|Remove)|->(?:move|moveTo|storeAs|putFileAs)|\\bFile\\.(?:WriteAll\\w{1,12}|ReadAll\\w{1,12}|Create|OpenRead|OpenWrite|Delete)|\\bFiles\\.(?:write|copy|newOutputStream|newInputStream|readAllBytes)|fs\\.(?:promises\\.)?\\w{4,20})'
/** What keeps a path where it belongs, or makes a name of its own. */
const KEPT =
  /basename|GetFileName\b|\bgetFileName\(\)\s*\.toString|\b(?:filepath|path)\.Base\(\s*(?!target|dest|path\b|full|out\b|dst|f\.Name)|\.file_name\(\)\s*\.(?:and_then|ok_or|unwrap)|[sS]tarts_?[wW]ith\(|StartsWith|HasPrefix|IsLocal|HasLocalPrefix|realpath|[cC]anonical|commonpath|relative_to|\.normalize\(|enclosed_name|os\.Root|OpenRoot|OpenInRoot|[sS]afe|[sS]anit|secure_?filename|slug|[aA]llow(?!_?redirect)|["'`]\.\.["'`/]|filepath\.Rel\(|path\.relative|[vV]alidat|\.(?:test|fullmatch|matches|match|MatchString|IsMatch)\(|preg_(?:match|replace)|preg_|[wW]hite_?[lL]ist|FilenameUtils\.getName|\bin_array\(|\.replace\(\s*\/|extension\s*\(|re\.sub\(|\.gsub\(|parameterize|\bfilter\s*=\s*["']data["']|contains\(["']\.\.|\bincludes\(["']\.\./
const WRITTEN =
  /open|[wW]rite|\b(?:fs|File|Files|FileStream|os|shutil|Storage|createReadStream|sendFile|send_file|FileResponse)\b|fastGet|\.get\(|[cC]opy|unlink|extract|[sS]ave|move|put/

const LAST = '(?:[^;\\n()]|\\((?:[^()\\n]|\\([^()\\n]{0,60}\\)){0,80}\\)){0,160}'

const OF_UPLOAD = new RegExp(`\\b(?!this\\b|self\\b)\\w+\\??(?:\\.|->)${NAMED}(?!\\w)`)

const isForeignName = ({ match, code }: Shown): boolean => {
  const name = match.groups?.['entry']
  if (name === undefined) return true
  return (
    /[zZ]ip|\btar\b|[tT]ar(?:file|ball|Archive|Input|Reader)|[aA]rchive|[uU]nzip|py7zr|rarfile/.test(
      code,
    ) ||
    (/[sS]ftp|\bftp|FTP/.test(code) && /^(?:f|file|item|e|remote\w*|entry)\b/.test(name))
  )
}

/** A path that is put together with a name that somebody else chose, and is not looked at. */
export const foreignPath = bySigns([
  {
    pattern: new RegExp(
      `${JOIN}\\(${LAST}?\\b(?:(?!this\\b|self\\b)\\w+\\??(?:\\.|->|\\[["'])${NAMED}|(?<entry>${ENTRY}))(?!\\w)`,
      'g',
    ),
    unless: [KEPT],
    holds: isForeignName,
  },
  // `target / member.filename`, `${dir}/${file.originalname}`, "#{dir}/#{name}".
  {
    pattern: new RegExp(
      `(?:[\\w)\\]]\\s*\\/\\s*|\\/(?:\\$\\{|#\\{|\\{)\\s*|["']\\/?["']\\s*[.+]\\s*|DIRECTORY_SEPARATOR\\s*\\.\\s*)\\$?(?:(?!this\\b|self\\b)\\w+\\??(?:\\.|->)${NAMED}|(?<entry>${ENTRY}))(?!\\w)`,
      'g',
    ),
    only: [WRITTEN],
    unless: [KEPT],
    holds: (shown) =>
      isForeignName(shown) &&
      !/https?:|[uU]rl|\bKey\b|[bB]ucket/.test(lineOf(shown)) &&
      (!shown.match[0].startsWith('/') || /open|[wW]rite|[pP]ath|fs\.|File\./.test(lineOf(shown))),
  },
  // A name that the request holds.
  {
    pattern: new RegExp(
      `${JOIN}\\(${LAST}?(?:,|\\.|\\+|\\{|/|\\(|&)\\s*&?(?<name>[$@]?\\w+)\\}?["']?\\s*\\)`,
      'g',
    ),
    unless: [KEPT],
    holds: (shown) => isNamedOutside(shown) && !isNumber(shown),
  },
  {
    pattern: new RegExp(
      `${JOIN}\\(${LAST}?(?:\\$_(?:GET|POST|REQUEST)\\[|\\$request->(?:input|get|query)\\(|\\bparams\\[|Request\\.(?:Query|Form)\\[|\\.getParameter\\(|\\b(?:r|req)\\.(?:URL\\.Query\\(\\)\\.Get|FormValue|Header\\.Get)\\(|\\bc\\.(?:Query|QueryParam|PostForm|FormValue)\\()`,
      'g',
    ),
    languages: ['go', 'java', 'kotlin', 'csharp', 'php', 'ruby'],
    unless: [KEPT],
  },
])

/** By a request, an upload or a folder elsewhere; how requests are followed in scripts is another's. */
function isNamedOutside(shown: Shown): boolean {
  const { around, file } = shown
  const name = (shown.match.groups?.['name'] ?? '').replace(/^[$@]/, '')
  const given = [...assignedTo(around, name), ...assignedTo(around, `$${name}`)]
  if (given.some((value) => OF_UPLOAD.test(value))) return true
  const listed = `\\bfor\\s*\\(?(?:const\\s+|let\\s+|var\\s+)?${name}\\s+(?:in|of)\\s+(?:await\\s+)?\\w*(?:ftp|FTP|Ftp)\\w*\\.`
  if (new RegExp(listed).test(around)) return true
  return (
    !isScript(file.language) &&
    !isPython(file) &&
    isOfRequest(shown, shown.match.groups?.['name'] ?? '')
  )
}

function lineOf({ code, match }: Shown): string {
  const from = code.lastIndexOf('\n', match.index) + 1
  const end = code.indexOf('\n', match.index)
  return code.slice(from, end === -1 ? undefined : end)
}

/** A number, an identifier or a member of a list holds no slash. */
function isNumber({ around, match }: Shown): boolean {
  const name = (match.groups?.['name'] ?? '').replace(/^[$@]/, '')
  return new RegExp(
    `(?:\\bint|Guid|UUID|Uuid|Long|long|Integer|u32|u64|i64)\\s+${name}\\b|\\b${name}\\s*:\\s*(?:Uuid|Int|Long|UUID|u32|i64|u64)|\\$?${name}\\s*:?=\\s*\\(?(?:int\\)|intval|Integer|UUID|Guid)|Path\\(${name}\\)`,
  ).test(around)
}
