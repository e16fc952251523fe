import { CASES } from './cases.ts'

const [name = '', probe = ''] = process.argv.slice(2)
const measure = CASES.get(name)?.[probe]
if (measure === undefined) throw new Error(`There is no probe ${name} ${probe}.`)
const rows = await measure()
process.send?.(rows, () => process.disconnect())
