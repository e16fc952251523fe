import { CanActivate, ExecutionContext, Injectable, Logger, UnauthorizedException } from '@nestjs/common';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { Request } from 'express';
import { AuthSettings } from './auth.settings';

export interface AuthenticatedRequest extends Request {
  subject: string;
  permissions: ReadonlySet<string>;
}

@Injectable()
export class BearerGuard implements CanActivate {
  private readonly logger = new Logger(BearerGuard.name);
  private readonly keys: ReturnType<typeof createRemoteJWKSet>;

  constructor(settings: AuthSettings) {
    this.keys = createRemoteJWKSet(new URL('.well-known/jwks.json', settings.domainUrl), {
      timeoutDuration: 4_000,
      cooldownDuration: 30_000,
    });
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const req = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const match = /^Bearer (\S+)$/.exec(req.headers.authorization ?? '');
    if (!match) throw new UnauthorizedException();

    try {
      const { payload } = await jwtVerify(match[1], this.keys, { algorithms: ['RS256'] });
      if (!payload.sub) throw new UnauthorizedException();
      req.subject = payload.sub;
      req.permissions = new Set(Array.isArray(payload.permissions) ? payload.permissions.map(String) : []);
      return true;
    } catch (err) {
      if (err instanceof errors.JOSEError) {
        this.logger.debug(`token rejected: ${err.code}`);
      }
      throw new UnauthorizedException();
    }
  }
}
