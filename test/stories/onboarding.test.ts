import { describe } from 'vitest'
import { tellOnboarding } from './told-onboarding.ts'

describe('the app reaches an account', () => tellOnboarding('rules', 'embedded'))
