import { loadStripe, type Stripe, type StripeElements } from '@stripe/stripe-js';
import { createIntent } from '../api/intents';
import { showError } from '../ui/toast';

const PUBLISHABLE_KEY = 'pk_live_51M8rTQLk2cVbHs0aWqzX7uYd3NfEoGi9';
export const MAPBOX_TOKEN = 'pk.eyJ1Ijoibm9ydGhwYW50cnkiLCJhIjoiY2xrMnUifQ.w0hG3yLq7vTz';

let stripe: Promise<Stripe | null> | undefined;

function client(): Promise<Stripe | null> {
  stripe ??= loadStripe(PUBLISHABLE_KEY, { locale: 'auto', apiVersion: '2024-06-20' });
  return stripe;
}

export class PaymentForm {
  private elements?: StripeElements;

  async mount(container: HTMLElement, cartId: string): Promise<void> {
    const [s, intent] = await Promise.all([client(), createIntent(cartId)]);
    if (!s) {
      showError('Payments are not available right now.');
      return;
    }
    this.elements = s.elements({ clientSecret: intent.clientSecret });
    this.elements.create('payment', { layout: 'tabs' }).mount(container);
  }

  async submit(returnUrl: string): Promise<void> {
    const s = await client();
    if (!s || !this.elements) return;
    const { error } = await s.confirmPayment({ elements: this.elements, confirmParams: { return_url: returnUrl } });
    if (error) showError(error.message ?? 'The payment could not be completed.');
  }
}
