import { cleanEnv, str } from 'envalid';

export const env = cleanEnv(process.env, {
  TWILIO_ACCOUNT_SID: str(),
  TWILIO_AUTH_TOKEN: str(),
  TWILIO_VERIFY_SERVICE: str(),
});
