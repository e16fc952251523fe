import { describe } from 'vitest'
import { postgresMissing } from '../support/postgres.ts'
import { tellTalk } from './told-talk.ts'

describe('rules alone, embedded store', () => tellTalk('rules', 'embedded'))
describe.skipIf(postgresMissing() !== null)('a scripted model, Postgres', () =>
  tellTalk('claude', 'postgres'),
)
