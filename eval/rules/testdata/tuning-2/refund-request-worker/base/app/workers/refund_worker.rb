# frozen_string_literal: true

class RefundWorker
  include Sidekiq::Job

  sidekiq_options queue: :payments, retry: 8

  sidekiq_retries_exhausted do |job, _error|
    Refund.find(job["args"].first).update!(state: "needs_attention")
  end

  PERMANENT = %w[charge_already_refunded charge_disputed].freeze

  def perform(refund_id)
    refund = Refund.find(refund_id)
    return if refund.state == "done"

    result = Stripe::Refund.create(
      charge: refund.charge_id,
      amount: refund.amount_cents,
      metadata: { refund_id: refund.id }
    )
    refund.update!(state: result.status == "failed" ? "needs_attention" : "done", stripe_id: result.id)
  rescue Stripe::InvalidRequestError => e
    raise unless PERMANENT.include?(e.code)

    Rails.logger.warn("refund #{refund_id} refused: #{e.code}")
    refund.update!(state: "needs_attention", reason: e.code)
  end
end
