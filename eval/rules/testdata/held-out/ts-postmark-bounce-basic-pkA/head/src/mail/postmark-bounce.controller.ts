import { Body, Controller, HttpCode, Logger, Post, UseGuards } from '@nestjs/common'
import { IsEmail, IsInt, IsString } from 'class-validator'
import { PostmarkAuthGuard } from './postmark-auth.guard'
import { SuppressionService } from './suppression.service'

class BounceDto {
  @IsInt() ID!: number
  @IsString() Type!: string
  @IsEmail() Email!: string
}

@Controller('hooks/postmark')
@UseGuards(PostmarkAuthGuard)
export class PostmarkBounceController {
  private readonly logger = new Logger(PostmarkBounceController.name)

  constructor(private readonly suppressions: SuppressionService) {}

  @Post('bounce')
  @HttpCode(200)
  async bounce(@Body() dto: BounceDto): Promise<void> {
    if (!['HardBounce', 'SpamComplaint', 'ManuallyDeactivated'].includes(dto.Type)) return
    await this.suppressions.upsertByEmail(dto.Email.toLowerCase(), { source: 'postmark', sourceId: dto.ID })
    this.logger.log(`bounce ${dto.ID} of type ${dto.Type} recorded`)
  }
}
