export function createTransport({ apiKey, from, timeoutMs = 10_000 }) {
  return {
    async send({ to, subject, text }) {
      const res = await fetch('https://api.sendgrid.com/v3/mail/send', {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          personalizations: [{ to: [{ email: to }] }],
          from: { email: from },
          subject,
          content: [{ type: 'text/plain', value: text }],
        }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (res.status !== 202) {
        throw new Error(`sendgrid answered ${res.status}`);
      }
      return res.headers.get('x-message-id');
    },
  };
}
