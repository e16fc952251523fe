/** Calls that keep an event, by their names: stores of one's own, inboxes, queues. */
export const KEEPS =
  /(?:^|[.\s])(?:store|save|insert|persist|record|enqueue|publish|append|upsert|put|get_or_create|update_or_create|bulk_create|add_?job|send_?message|dispatch_?job|commit|xadd|lpush|rpush)(?:[A-Z_]\w*)?\(|(?:queue|jobs|outbox|inbox)\w*\.\w+\(|\.delay\(|\.apply_async\(/i

/**
 * What only a provider's deliveries have in them: types of events, headers and fields by which they
 * say what happened, and the classes that SDKs read them into.
 */
export const ACTS_ON_EVENT =
  /["'`](?:invoice\.(?:paid|payment_(?:failed|succeeded))|checkout\.session\.\w{1,40}|payment_intent\.\w{1,40}|charge\.(?:succeeded|refunded|failed|dispute\.\w{1,30})|customer\.subscription\.\w{1,30}|PAYMENT\.(?:CAPTURE|SALE)\.\w{1,30}|CHECKOUT\.ORDER\.\w{1,30}|url_verification)["'`]|["'`](?:HTTP_)?X[-_](?:GitHub|Gitlab|Gitea)[-_]Event["'`]|["'`](?:HTTP_)?X[-_]Shopify[-_]Topic["'`]|["'`:[(](?:Message|Sms|Call)(?:Sid|Status)\b|\bstripe\.Event\b|\bEventUtility\.ParseEvent\(|\bStripe::Event\.construct_from\b|\\?Stripe\\Event::constructFrom\(/i
/** Topics in the path of a shop's route. */
export const SHOP_TOPIC =
  /shopify\/(?:\w{1,30}\/)?(?:orders?|products?|customers?|app|refunds?|carts?|fulfillments?)[/_-](?:create|created|update|updated|paid|cancelled|fulfilled|delete|deleted|uninstalled|redact|data_request)\b/i
