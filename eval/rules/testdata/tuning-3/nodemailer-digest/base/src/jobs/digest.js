const transport = require('../mail/transport');
const { digests } = require('../store/digests');
const logger = require('../logger');

async function sendDigest(job) {
  const digest = await digests.findUnsent(job.data.digestId);
  if (!digest) return;

  const info = await transport.sendMail({
    from: '"Plotline" <digest@plotline.example>',
    to: digest.recipient,
    subject: `Your week in ${digest.workspaceName}`,
    messageId: `<digest-${digest.id}@plotline.example>`,
    text: digest.items.map((item) => `${item.title}\n${item.url}`).join('\n\n'),
  });
  if (info.rejected.length > 0) {
    await digests.markBounced(digest.id, info.response);
    return;
  }
  await digests.markSent(digest.id, info.messageId);
  logger.info({ digestId: digest.id }, 'digest sent');
}

module.exports = { sendDigest };
