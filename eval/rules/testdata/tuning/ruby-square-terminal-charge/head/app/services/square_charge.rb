# frozen_string_literal: true

class SquareCharge
  Result = Struct.new(:payment_id, :status, keyword_init: true)

  class Rejected < StandardError; end

  def initialize(order, client: SquareClient.build(timeout: 20))
    @order = order
    @client = client
  end

  def call
    return existing if @order.square_payment_id

    response = submit
    raise Rejected, response.errors.map { |e| e[:code] }.join(",") if response.error?

    payment = response.data.payment
    @order.update!(square_payment_id: payment[:id], payment_status: payment[:status])
    Result.new(payment_id: payment[:id], status: payment[:status])
  end

  private

  def existing
    Result.new(payment_id: @order.square_payment_id, status: @order.payment_status)
  end

  def submit
    @client.payments.create_payment(
      body: {
        source_id: @order.card_nonce,
        idempotency_key: SecureRandom.uuid,
        amount_money: { amount: @order.total_cents, currency: @order.currency },
        reference_id: @order.number,
        location_id: @order.location.square_id
      }
    )
  rescue StandardError => e
    Rails.logger.warn("square payment for #{@order.number} failed: #{e.class}")
    retry
  end
end
