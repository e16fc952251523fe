import type { Fact } from '#core/facts/fact'
import { fileOfImport } from '#core/rules/clients'
import { type CodeFile, surroundings } from '#core/rules/code'
import { importsOf } from '#core/rules/imports'
import type { View } from '#core/rules/observation'

/** Fields that open something. */
const FIELD =
  '\\w*(?:[aA]ccess_?[tT]oken|[rR]efresh_?[tT]oken|[aA]pi_?[kK]ey|APIKey|[cC]lient_?[sS]ecret|[wW]ebhook_?[sS]ecret|[sS]ecret_?[kK]ey|[pP]rivate_?[kK]ey|[pP]assword|[aA]pi_?[sS]ecret|[bB]ot_?[tT]oken|[sS]lack_?(?:[wW]eb)?(?:[hH]ook|[tT]oken))'

/** An object that writes all its fields, as its class says, with a credential among them. */
export function isOpenRecord(view: View, fact: Fact, value: string): boolean {
  const { file } = view
  if (file.language !== 'python' && file.language !== 'go') return false
  const name =
    /^(?:asdict\(|dataclasses\.asdict\(|vars\(|attrs?\.asdict\()?\*?(\w{2,40})\)?(?:\.(?:__dict__|dict\(\)|model_dump\(\)|model_dump_json\(\)|_asdict\(\)))?$/.exec(
      value,
    )?.[1]
  if (name === undefined) return false
  const type = typeOf(file, surroundings(file, fact), name)
  if (type === null) return false
  const field = new RegExp(`\\n\\s+${FIELD}${TYPE_OF_TEXT}`)
  return homesOf(view, type).some((one) =>
    bodiesOf(one, type).some((body) => !HIDES.test(body) && field.test(body)),
  )
}

/** What a class says of its fields, and the one beside it that it is made from. */
function bodiesOf(file: CodeFile, type: string): readonly string[] {
  const parent = new RegExp(`^class ${RegExp.escape(type)}\\((\\w{1,60})[,)]`, 'm').exec(
    file.text,
  )?.[1]
  return [type, ...(parent === undefined ? [] : [parent])].flatMap(
    (name) => bodyOf(file, name) ?? [],
  )
}

/** The files in which a class of this name is the one that a file means: its own, one that it imports, its package. */
function homesOf({ code, file }: View, type: string): readonly CodeFile[] {
  const { language, path, text } = file
  if (new RegExp(`^[ \\t]*(?:class|type) ${RegExp.escape(type)}\\b`, 'm').test(text)) return [file]
  if (language === 'go') {
    const folder = (one: string) => one.slice(0, one.lastIndexOf('/') + 1)
    return [...code.files.values()].filter(
      (one) => one.language === 'go' && folder(one.path) === folder(path),
    )
  }
  const imported = importsOf(file).find(({ local }) => local === type)
  return imported === undefined ? [] : [fileOfImport(code, file, imported) ?? []].flat()
}

/** A key whose own record says that it is made for clients, which show it to everybody. */
export function isGivenOut(view: View, value: string): boolean {
  const [, root = '', field = ''] = /^(?:self\.)?([a-z]\w{1,40})\.(\w*key)$/.exec(value) ?? []
  if (view.file.language !== 'python' || root === '') return false
  const type = root.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())
  const made = new RegExp(
    `^[ \\t]+${field}\\s*=[^=][^\\n]{0,80}(?:\\n[^\\n]{0,120}){0,2}?(?:client_?side|client_api|publi(?:c|shable))_?\\w*key`,
    'mi',
  )
  return homesOf(view, type).some((one) => made.test(one.text))
}

const TYPE_OF_TEXT = '\\s*(?::\\s*(?:str|Optional\\[str\\])\\b|\\s+\\*?string\\b)'
const HIDES = /repr\s*=\s*False|SecretStr|def __(?:repr|str)__|exclude\s*=\s*True/

function bodyOf({ text, language }: CodeFile, type: string): string | null {
  const named = RegExp.escape(type)
  if (language === 'go') {
    const found = new RegExp(`\\btype ${named} struct \\{[^}]{0,3000}`).exec(text)?.[0] ?? null
    const hides = new RegExp(`func \\(\\w* ?\\*?${named}\\) (?:String|LogValue|Format|GoString)\\(`)
    return hides.test(text) ? null : found
  }
  const written = new RegExp(
    `(?:@(?:\\w+\\.)?(?:dataclass|define|frozen|attrs?|s)\\b[^\\n]{0,80}\\n(?:@[^\\n]{0,80}\\n){0,2}class ${named}\\b|class ${named}\\((?:\\w+\\.)?(?:NamedTuple|BaseModel|BaseSettings|TypedDict)\\))[^\\n]{0,80}((?:\\n(?:[ \\t][^\\n]{0,200})?){0,60})`,
  )
  return written.exec(text)?.[0] ?? null
}

function typeOf({ language }: CodeFile, around: string, name: string): string | null {
  if (language === 'go')
    return (
      new RegExp(
        `[(,]\\s*${name} \\*?([A-Z]\\w{1,40})\\b|\\bvar ${name} \\*?([A-Z]\\w{1,40})\\b|\\b${name} := &?([A-Z]\\w{1,40})\\{`,
      )
        .exec(around)
        ?.slice(1)
        .find((one) => one !== undefined) ?? null
    )
  const own = new RegExp(
    `\\b${name}\\s*:\\s*["']?([A-Z]\\w{1,40})\\b|\\b${name}\\s*=\\s*([A-Z]\\w{1,40})\\(`,
  ).exec(around)
  const typed = own?.[1] ?? own?.[2]
  if (typed !== undefined) return typed
  const list = new RegExp(`\\bfor\\s+${name}\\s+in\\s+(\\w{1,40})\\b`).exec(around)?.[1]
  if (list === undefined) return null
  return (
    new RegExp(`\\b${list}\\s*:\\s*\\w{1,20}\\[["']?([A-Z]\\w{1,40})\\b`).exec(around)?.[1] ?? null
  )
}
