import { describe } from 'vitest'
import { tellOnboarding } from '../stories/told-onboarding.ts'
import { postgresMissing } from '../support/postgres.ts'

describe.skipIf(postgresMissing() !== null)('a scripted model, Postgres', () =>
  tellOnboarding('claude', 'postgres'),
)
