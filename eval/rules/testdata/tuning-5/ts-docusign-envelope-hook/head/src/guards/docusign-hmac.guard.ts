import { createHmac, timingSafeEqual } from 'node:crypto';
import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';

@Injectable()
export class DocusignHmacGuard implements CanActivate {
  canActivate(ctx: ExecutionContext): boolean {
    const req = ctx.switchToHttp().getRequest();
    const want = createHmac('sha256', process.env.DOCUSIGN_HMAC_KEY!).update(req.rawBody).digest();
    const got = Buffer.from(String(req.headers['x-docusign-signature-1'] ?? ''), 'base64');
    return got.length === want.length && timingSafeEqual(got, want);
  }
}
