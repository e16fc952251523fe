import { createHash } from 'node:crypto';

const memberHash = (email) => createHash('md5').update(email.toLowerCase()).digest('hex');

export class Newsletter {
  #base;
  #auth;

  constructor({ datacenter, apiKey, members }) {
    this.#base = `https://${datacenter}.api.mailchimp.com/3.0`;
    this.#auth = `Basic ${Buffer.from(`any:${apiKey}`).toString('base64')}`;
    this.members = members;
  }

  async subscribe(listId, { id, email, firstName }) {
    await fetch(`${this.#base}/lists/${listId}/members/${memberHash(email)}`, {
      method: 'PUT',
      headers: { authorization: this.#auth, 'content-type': 'application/json' },
      body: JSON.stringify({
        email_address: email,
        status_if_new: 'subscribed',
        merge_fields: { FNAME: firstName },
      }),
      signal: AbortSignal.timeout(8000),
    });
    await this.members.update(id, { newsletter: 'subscribed', newsletterAt: new Date() });
  }
}
