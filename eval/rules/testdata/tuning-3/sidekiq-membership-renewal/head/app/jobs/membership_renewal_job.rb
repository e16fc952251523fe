# frozen_string_literal: true

class MembershipRenewalJob
  include Sidekiq::Job
  sidekiq_options queue: :billing, retry: 12

  def perform(membership_id)
    membership = Membership.includes(:member, :plan).find(membership_id)
    return if membership.renewed_for_current_period?

    intent = Stripe::PaymentIntent.create(
      {
        amount: membership.plan.price_cents,
        currency: membership.plan.currency,
        customer: membership.member.stripe_customer_id,
        payment_method: membership.member.default_payment_method_id,
        off_session: true,
        confirm: true,
        description: "Membership #{membership.number}, #{membership.next_period_label}"
      }
    )

    membership.renew!(payment_reference: intent.id)
    RenewalMailer.with(membership:).receipt.deliver_later
  rescue Stripe::CardError => e
    membership.payment_failed!(code: e.code)
    RenewalMailer.with(membership:).card_declined.deliver_later
  end
end
