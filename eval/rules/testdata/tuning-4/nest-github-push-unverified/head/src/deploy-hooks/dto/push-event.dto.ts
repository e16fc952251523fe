import { Type } from 'class-transformer';
import { IsDefined, IsString, Matches, ValidateNested } from 'class-validator';

class RepositoryDto {
  @Matches(/^[\w.-]+\/[\w.-]+$/)
  full_name!: string;

  @IsString()
  default_branch!: string;
}

export class PushEventDto {
  @IsString()
  ref!: string;

  @Matches(/^[0-9a-f]{40}$/)
  after!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => RepositoryDto)
  repository!: RepositoryDto;
}
