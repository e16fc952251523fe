# frozen_string_literal: true

class RefundJob
  include Sidekiq::Job
  sidekiq_options queue: :billing, retry: 10

  sidekiq_retries_exhausted do |job, error|
    Refund.find(job["args"].first).mark_stuck!(error.message)
  end

  def perform(refund_id)
    refund = Refund.find(refund_id)
    return if refund.stripe_refund_id.present?

    stripe_refund = Stripe::Refund.create(
      {
        payment_intent: refund.payment.intent_id,
        amount: refund.amount_cents,
        reverse_transfer: refund.payment.destination_charge?,
        metadata: { refund_id: refund.id }
      },
      { idempotency_key: key_for(refund) }
    )
    refund.update!(stripe_refund_id: stripe_refund.id, status: stripe_refund.status)
  rescue Stripe::InvalidRequestError => e
    raise unless e.code == "charge_already_refunded"

    refund.update!(status: "already_refunded")
  end

  private

  # amount and transfer flag of a refund are read-only once it is created
  def key_for(refund)
    "refund/#{refund.id}/v1"
  end
end
