import { IsInt, IsObject, IsString, Matches } from 'class-validator';

export class StripeEventDto {
  @Matches(/^evt_/)
  id!: string;

  @IsString()
  type!: string;

  @IsInt()
  created!: number;

  @IsObject()
  data!: { object: Record<string, unknown> };
}
