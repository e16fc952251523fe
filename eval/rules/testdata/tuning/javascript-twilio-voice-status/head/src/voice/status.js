const express = require('express');
const { z } = require('zod');
const twilioSignature = require('../middleware/twilioSignature');
const calls = require('./callsRepository');

const router = express.Router();
router.use(express.urlencoded({ extended: false, limit: '32kb' }));
router.use(twilioSignature());

const Status = z.object({
  CallSid: z.string().regex(/^CA[0-9a-f]{32}$/),
  CallStatus: z.enum(['queued', 'ringing', 'in-progress', 'completed', 'busy', 'failed', 'no-answer', 'canceled']),
  SequenceNumber: z.coerce.number().int().nonnegative(),
  CallDuration: z.coerce.number().int().nonnegative().optional(),
});

router.post('/status', async (req, res, next) => {
  const parsed = Status.safeParse(req.body);
  if (!parsed.success) return res.status(400).end();

  const { CallSid, CallStatus, SequenceNumber, CallDuration } = parsed.data;
  try {
    // the update only applies to a higher sequence number
    await calls.advance(CallSid, {
      status: CallStatus,
      sequence: SequenceNumber,
      seconds: CallDuration ?? null,
    });
    return res.status(204).end();
  } catch (err) {
    return next(err);
  }
});

module.exports = router;
