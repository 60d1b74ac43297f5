export type { PaymentProvider, RefundOrder } from './payment-provider.ts';
export {
  openPaymentProviders,
  type PaymentProviders,
  type PaymentSettings,
} from './payment-providers.ts';
export { settleStripeWebhook, type WebhookAnswer } from './stripe/settle-webhook.ts';
export type { StripeSettings } from './stripe/stripe-provider.ts';
