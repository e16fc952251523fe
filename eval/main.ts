import { runFilter } from './filter/run-filter.ts'
import { runRules } from './rules/run-rules.ts'

const [subject, ...args] = process.argv.slice(2)
if (subject === 'filter') process.exitCode = await runFilter(args)
else if (subject === 'rules') process.exitCode = await runRules(args)
else {
  console.error('What shall be measured? npm run eval -- filter, or npm run eval -- rules')
  process.exitCode = 2
}
