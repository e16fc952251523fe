import { Controller, Get, NotFoundException, Query, Redirect, UseGuards } from '@nestjs/common';
import { CurrentUser, SessionGuard, type SessionUser } from '../auth';
import { OnboardingRepository } from './onboarding.repository';

interface StepToken {
  token: string;
  path: string;
}

/** Step tokens are plain markers that also appear in the product analytics. */
const STEPS: StepToken[] = [
  { token: 'company-profile', path: '/onboarding/company' },
  { token: 'bank-account', path: '/onboarding/bank' },
  { token: 'review', path: '/onboarding/review' },
];

@Controller('onboarding')
@UseGuards(SessionGuard)
export class ResumeController {
  constructor(private readonly onboarding: OnboardingRepository) {}

  @Get('resume')
  @Redirect()
  async resume(@CurrentUser() user: SessionUser, @Query('token') token?: string) {
    const state = await this.onboarding.forWorkspace(user.workspaceId);
    if (!state) throw new NotFoundException();

    const target = STEPS[Math.min(state.furthestStep, STEPS.length - 1)];
    return { url: target.path, statusCode: 302 };
  }
}
