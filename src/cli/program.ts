import { Command } from 'commander'
import { addEval } from '#cli/add-eval'
import { addKnowledge } from '#cli/add-knowledge'
import { addLooks } from '#cli/add-looks'
import { addMemory } from '#cli/add-memory'
import { addOperations, addServe } from '#cli/add-operations'
import { addFiles, addReview } from '#cli/add-review'
import { addSetup } from '#cli/add-setup'
import type { Services, Streams } from '#cli/command-line'

/** What the commands need, and where the exit code of the one that ran goes. */
export interface ProgramContext {
  readonly version: string
  readonly streams: Streams
  readonly services: Services
  readonly exitWith: (code: number) => void
}

const EXIT_CODES = `
Exit codes: 0 done; 1 findings at or above --fail-on; 2 usage, configuration or
input error; 3 the review is incomplete.`

/** The whole command line. Each action loads its own code, so that help stays fast. */
export function createProgram(context: ProgramContext): Command {
  const program = new Command('tech-lead')
    .description('Reviews the integration code of a change, and operates the server that does.')
    .version(context.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', EXIT_CODES)
    .configureHelp({ showGlobalOptions: false })
  addReview(program, context)
  addFiles(program, context)
  addLooks(program, context, context.services)
  if (context.services.memory) addMemory(program, context, context.services.memory)
  if (context.services.evaluation) addEval(program, context, context.services.evaluation)
  if (context.services.knowledge) addKnowledge(program, context, context.services.knowledge)
  if (context.services.operations) addOperations(program, context, context.services.operations)
  if (context.services.setup) addSetup(program, context, context.services.setup)
  if (context.services.serve) addServe(program, context, context.services.serve)
  return program
}
