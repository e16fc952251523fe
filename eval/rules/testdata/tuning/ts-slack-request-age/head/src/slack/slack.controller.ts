import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { SlackSignatureGuard } from './slack-signature.guard';
import { SlashCommandDto } from './slash-command.dto';
import { CommandInbox } from './command-inbox.service';

@Controller('slack')
@UseGuards(SlackSignatureGuard)
export class SlackController {
  constructor(private readonly inbox: CommandInbox) {}

  @Post('commands')
  @HttpCode(200)
  async command(@Body() body: SlashCommandDto) {
    await this.inbox.enqueue(body);
    return { response_type: 'ephemeral', text: 'Working on it…' };
  }
}
