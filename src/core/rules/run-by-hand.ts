/** Folders of what developers, builds and releases run: there somebody sees that it hangs or fails. */
const FOLDER =
  /(?:^|\/)(?:\.github|\.gitlab|\.circleci|\.buildkite|dev|dev-?tools|hack|code-?gen(?:eration)?|toolbox|scripts?|playwright|playgrounds?|seeds?|seeders?|bin\/release[^/]*|buildSrc|build-?(?:tools?|scripts?)|[\w-]+-cli|cli\/(?:src\/)?(?:commands|cmds?)|commands?\/(?:init|login|logout|scaffold|upgrade)|cmd\/(?:\w+[-_])*(?:gen|generate|generator|codegen|scripts?|tools?|release|lint)(?:[-_]\w+)*)\//i
/** These are features as well where they stand deeper in the tree. */
const AT_THE_TOP = /^(?:tools?|ci|packaging|release|contrib)\//i
const NAME =
  /(?:^|\/)(?:bin\/release[^/]*|(?:gulp|grunt|nox|fab|dange?r|cake)file\.\w+|seeds?\.\w+|[\w-]*[._-]seed(?:er)?s?\.\w+|\w*Seeder\.(?:php|cs|java|kt|rb)|health_?-?check\.\w+|[\w-]+\.rake)$/i
/** What a model or an agent is given to call is called a tool, too. */
const TOOL_OF_MODEL =
  /\b(?:mcp|langchain|BaseTool|StructuredTool|function_tool|tool_call|inputSchema)\b|@tool\b/i

/** A script that says which program runs it, or reads the words it was started with. */
const STARTED = /^#!|\bargparse\.ArgumentParser\(/
/** It asks the person before the screen, or draws for one. */
const ASKS_A_PERSON =
  /\b(?:from|require\()\s*['"](?:inquirer|@inquirer\/\w+|enquirer|prompts|@clack\/prompts|ora|cli-progress|listr2?)['"]|^use (?:dialoguer|inquire|indicatif|rpassword)\b|"(?:golang\.org\/x\/term|github\.com\/(?:manifoldco\/promptui|AlecAivazis\/survey\/v2|charmbracelet\/(?:bubbletea|huh)))"|\b(?:click|typer)\.(?:prompt|confirm)\(|\b(?:questionary|getpass)\.\w+\(|(?:^|[=(][ \t]{0,4})input\([ \t]{0,4}f?["']/m
/** A module of commands that ends the process itself, or writes in colours. */
const COMMANDS = /(?:^|\/)(?:cli|commands?|cmds)\//
const ENDS_OR_COLOURS =
  /\bprocess\.exit\(|\bsys\.exit\(|process::exit\(|['"](?:chalk|picocolors|kleur|colorette)['"]/

/** A file of Python that is a program, prints what it does, and stays for nobody. */
const PYTHON_PROGRAM = /^if __name__ == ["']__main__["']/m
const PRINTS = /^[ \t]+print\(/m
const STAYS =
  /\bwhile True\b|\b(?:uvicorn|gunicorn|flask|fastapi|celery|aiohttp\.web|asyncio|schedule|apscheduler|pika|kafka|boto3|lambda_handler|consum\w{0,10}|worker|daemon|cron)\b|\.serve\w{0,12}\(/i

/** Whether a file is run by hand: calls from there are looked at by who makes them. */
export function isRunByHand({
  path,
  text,
}: {
  readonly path: string
  readonly text: string
}): boolean {
  if (FOLDER.test(path) || NAME.test(path) || STARTED.test(text) || ASKS_A_PERSON.test(text))
    return true
  if (PYTHON_PROGRAM.test(text) && PRINTS.test(text) && !STAYS.test(text)) return true
  if (AT_THE_TOP.test(path) && !TOOL_OF_MODEL.test(text)) return true
  return COMMANDS.test(path) && ENDS_OR_COLOURS.test(text)
}

/** What these classes fear happens to who serves others, at night and a thousand times. */
const OF_SERVICE: ReadonlySet<string> = new Set([
  'circuit-breaking',
  'error-handling',
  'event-dedupe',
  'observability',
  'pagination',
  'resource-limit',
  'retry-policy',
  'sync-consistency',
  'timeout',
  'webhook-ack',
])

/** Whether a rule has nothing to say about code that serves nobody; secrets are secrets there too. */
export function isOnlyOfService(rule: { readonly class: string }): boolean {
  return OF_SERVICE.has(rule.class)
}
