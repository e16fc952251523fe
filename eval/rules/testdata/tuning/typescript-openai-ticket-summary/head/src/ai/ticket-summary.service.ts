import { Inject, Injectable, Logger } from '@nestjs/common';
import OpenAI from 'openai';
import { z } from 'zod';
import { AI_OPTIONS, type AiOptions } from './ai.options';

const Summary = z.object({
  headline: z.string().min(1).max(120),
  sentiment: z.enum(['positive', 'neutral', 'negative']),
  nextStep: z.string().max(400),
});
export type Summary = z.infer<typeof Summary>;

const MAX_CHARS = 24_000;

@Injectable()
export class TicketSummaryService {
  private readonly logger = new Logger(TicketSummaryService.name);
  private readonly openai: OpenAI;

  constructor(@Inject(AI_OPTIONS) private readonly options: AiOptions) {
    this.openai = new OpenAI({ apiKey: options.apiKey, maxRetries: 2 });
  }

  async summarise(ticketId: string, messages: string[]): Promise<Summary | null> {
    const transcript = messages.join('\n---\n').slice(-MAX_CHARS);
    const completion = await this.openai.chat.completions.create({
      model: this.options.model,
      temperature: 0.2,
      max_tokens: 400,
      response_format: { type: 'json_object' },
      messages: [
        { role: 'system', content: this.options.summaryPrompt },
        { role: 'user', content: transcript },
      ],
    });

    const content = completion.choices[0]?.message.content;
    const parsed = Summary.safeParse(safeJson(content));
    this.logger.log(
      `ticket=${ticketId} model=${completion.model} tokens=${completion.usage?.total_tokens ?? 0} valid=${parsed.success}`,
    );
    return parsed.success ? parsed.data : null;
  }
}

function safeJson(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
