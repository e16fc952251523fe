/** Calls that keep an event, by their names: stores of one's own, inboxes, queues. */
export const KEEPS =
  /(?:^|[.\s])(?:store|save|insert|persist|record|enqueue|publish|append|upsert|put|get_or_create|update_or_create|bulk_create|add_?job|send_?message|dispatch_?job|commit|xadd|lpush|rpush)(?:[A-Z_]\w*)?\(|(?:queue|jobs|outbox|inbox)\w*\.\w+\(|\.delay\(|\.apply_async\(/i
