import { describe } from 'vitest'
import { tellTalk } from '../stories/told-talk.ts'
import { postgresMissing } from '../support/postgres.ts'

describe('a scripted model, embedded store', () => tellTalk('claude', 'embedded'))
describe.skipIf(postgresMissing() !== null)('rules alone, Postgres', () =>
  tellTalk('rules', 'postgres'),
)
