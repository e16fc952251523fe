# frozen_string_literal: true

class MembershipChargeWorker
  include Sidekiq::Job

  sidekiq_options queue: "billing", retry: 8

  def perform(renewal_id)
    renewal = MembershipRenewal.includes(membership: :member).find(renewal_id)
    return if renewal.paid? || renewal.declined?

    intent = charge(renewal)
    return renewal.update!(state: "needs_action", payment_intent: intent.id) unless intent.status == "succeeded"

    renewal.update!(state: "paid", payment_intent: intent.id, paid_at: Time.current)
    RenewalReceiptWorker.perform_async(renewal.id)
  rescue Stripe::CardError => e
    Sidekiq.logger.warn("renewal declined renewal=#{renewal_id} code=#{e.code}")
    MembershipRenewal.find(renewal_id).update!(state: "declined", decline_code: e.code)
  end

  private

  def charge(renewal)
    member = renewal.membership.member
    Stripe::PaymentIntent.create(
      {
        amount: renewal.amount_minor,
        currency: renewal.currency,
        customer: member.stripe_customer_id,
        payment_method: member.payment_method_id,
        off_session: true,
        confirm: true,
        metadata: { renewal: renewal.id }
      },
      { idempotency_key: "membership-renewal-#{renewal.id}" }
    )
  end
end
