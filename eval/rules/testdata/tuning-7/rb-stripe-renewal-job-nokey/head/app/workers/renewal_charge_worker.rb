# frozen_string_literal: true

class RenewalChargeWorker
  include Sidekiq::Job

  sidekiq_options queue: "billing", retry: 10

  def perform(subscription_id, period)
    subscription = Subscription.find(subscription_id)
    return unless subscription.active?

    renewal = subscription.renewals.find_or_create_by!(period: period)

    intent = Stripe::PaymentIntent.create(
      {
        amount: subscription.price_cents,
        currency: subscription.currency,
        customer: subscription.account.stripe_customer_id,
        payment_method: subscription.account.default_payment_method,
        off_session: true,
        confirm: true,
        metadata: { renewal_id: renewal.id }
      }
    )
    renewal.update!(paid_at: Time.current, payment_intent: intent.id)
    subscription.update!(paid_until: renewal.period_end)

    RenewalMailer.receipt(renewal).deliver_now
  rescue Stripe::CardError => e
    Rails.logger.warn("renewal declined subscription=#{subscription_id} code=#{e.code}")
    renewal.update!(declined_at: Time.current, decline_code: e.code)
    DunningWorker.perform_async(subscription_id)
  end
end
