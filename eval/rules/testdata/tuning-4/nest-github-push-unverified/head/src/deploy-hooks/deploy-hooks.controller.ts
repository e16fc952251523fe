import { Body, Controller, Headers, HttpCode, Logger, Post } from '@nestjs/common';
import { InjectQueue } from '@nestjs/bullmq';
import { Queue } from 'bullmq';
import { PushEventDto } from './dto/push-event.dto';

@Controller('hooks/github')
export class DeployHooksController {
  private readonly logger = new Logger(DeployHooksController.name);

  constructor(@InjectQueue('deployments') private readonly deployments: Queue) {}

  @Post('push')
  @HttpCode(202)
  async onPush(
    @Headers('x-github-event') event: string,
    @Headers('x-github-delivery') deliveryId: string,
    @Body() body: PushEventDto,
  ): Promise<{ queued: boolean }> {
    if (event !== 'push' || body.ref !== `refs/heads/${body.repository.default_branch}`) {
      return { queued: false };
    }

    await this.deployments.add(
      'deploy',
      { repository: body.repository.full_name, sha: body.after },
      { jobId: deliveryId, attempts: 3, backoff: { type: 'exponential', delay: 5_000 } },
    );
    this.logger.log(`queued deployment of ${body.repository.full_name}@${body.after}`);
    return { queued: true };
  }
}
