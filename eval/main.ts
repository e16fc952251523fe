import { runFilter } from './filter/run-filter.ts'

const [subject, ...args] = process.argv.slice(2)
if (subject === 'filter') {
  process.exitCode = await runFilter(args)
} else {
  console.error('What shall be measured? npm run eval -- filter')
  process.exitCode = 2
}
