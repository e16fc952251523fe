import { pathFacts } from '#core/filter/file-kind'
import { mayRunInBrowser, runsOnServer } from '#core/rules/calls'
import type { CodeFile } from '#core/rules/code'

const WEB_SOURCE = /(?:^|\/)web\/(?:src|public|app)\/|(?:^|\/)docs?\//

/** Every call of a file asks: the whole text is looked at once. */
const BROWSER = new WeakMap<CodeFile, boolean>()
const SERVER = new WeakMap<CodeFile, boolean>()

/** Whether a script runs in a browser, by what it says and where it lies. */
export function isBrowserCode(file: CodeFile): boolean {
  return once(BROWSER, file, () => {
    const isScript = /\.[cm]?[jt]sx?$/.test(file.path)
    const lies = pathFacts(file.path).browser || WEB_SOURCE.test(file.path)
    return isScript && (lies || mayRunInBrowser(file))
  })
}

/** Whether a file shows that it runs on a server. */
export function isServerCode(file: CodeFile): boolean {
  return once(SERVER, file, () => runsOnServer(file))
}

function once(memory: WeakMap<CodeFile, boolean>, file: CodeFile, look: () => boolean): boolean {
  const known = memory.get(file) ?? look()
  memory.set(file, known)
  return known
}
