import type { Address } from './address.js';
import type { Notification } from './notification.js';
import { send, type SendTools } from './sending.js';

/** Posts the notification as JSON. @returns why it failed; `null` when it was taken */
export function notify(address: Address, notification: Notification, tools: SendTools): Promise<string | null> {
  const { url, authorization } = address;
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'evaluate',
    ...(authorization === null ? {} : { authorization }),
  };
  return send(() => ({ method: 'POST', url, headers, body: JSON.stringify(notification) }), tools);
}
