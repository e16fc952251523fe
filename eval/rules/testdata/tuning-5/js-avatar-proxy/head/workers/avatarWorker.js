const { Worker } = require('bullmq');
const axios = require('axios');
const sharp = require('sharp');
const storage = require('../lib/storage');
const users = require('../repositories/users');
const log = require('../lib/log');

const SIZE = 256;

async function importAvatar(job) {
  const { userId, profile } = job.data;
  if (!profile || !profile.avatar_url) {
    return null;
  }

  const res = await axios.get(profile.avatar_url, {
    responseType: 'arraybuffer',
    timeout: 8000,
    maxContentLength: 5 * 1024 * 1024,
  });

  const image = await sharp(res.data, { limitInputPixels: 25_000_000 })
    .resize(SIZE, SIZE, { fit: 'cover' })
    .webp()
    .toBuffer();

  const key = `avatars/${userId}.webp`;
  await storage.put(key, image, { contentType: 'image/webp' });
  await users.setAvatar(userId, key);
  return key;
}

const worker = new Worker('avatars', importAvatar, {
  connection: { url: process.env.REDIS_URL },
  concurrency: 4,
});

worker.on('failed', (job, err) => {
  log.error({ jobId: job && job.id, err: err.message }, 'avatar import failed');
});

module.exports = { importAvatar, worker };
