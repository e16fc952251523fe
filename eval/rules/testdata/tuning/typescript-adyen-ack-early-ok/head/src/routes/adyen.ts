import { Router } from 'express';
import { hmacValidator } from '@adyen/api-library';
import type { NotificationRequestItem } from '@adyen/api-library/lib/src/typings/notification/models';
import type { NotificationStore } from '../stores/notification-store';
import type { Logger } from 'pino';

interface Deps {
  hmacKey: string;
  store: NotificationStore;
  log: Logger;
}

export function adyenRouter({ hmacKey, store, log }: Deps): Router {
  const router = Router();
  const validator = new hmacValidator();

  router.post('/adyen', async (req, res) => {
    const items: NotificationRequestItem[] = (req.body?.notificationItems ?? []).map(
      (i: { NotificationRequestItem: NotificationRequestItem }) => i.NotificationRequestItem,
    );
    if (items.length === 0 || !items.every((item) => validator.validateHMAC(item, hmacKey))) {
      return res.status(401).send();
    }

    try {
      await store.insertIgnoreDuplicates(
        items.map((i) => ({ key: `${i.pspReference}:${i.eventCode}:${i.success}`, item: i })),
      );
    } catch (err) {
      log.error({ err }, 'adyen notification not stored');
      return res.status(503).send();
    }
    return res.status(200).send('[accepted]');
  });

  return router;
}
