# frozen_string_literal: true

class RefundJob
  include Sidekiq::Job

  sidekiq_options queue: :payments, retry: 8

  def perform(refund_id)
    refund = Refund.find(refund_id)
    return if refund.submitted?

    result = gateway.refund(
      refund.payment.psp_reference,
      merchantAccount: refund.merchant_account,
      reference: refund.public_id,
      amount: { value: refund.amount_cents, currency: refund.currency }
    )
    refund.update!(state: "submitted", psp_reference: result.fetch("pspReference"), submitted_at: Time.current)
  end

  private

  def gateway
    @gateway ||= AdyenGateway.new
  end
end
