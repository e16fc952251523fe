# frozen_string_literal: true

class ChargeRenewalJob < ApplicationJob
  queue_as :billing

  retry_on Net::OpenTimeout, Net::ReadTimeout, wait: :polynomially_longer, attempts: 6
  discard_on ActiveRecord::RecordNotFound

  def perform(renewal_id)
    renewal = Renewal.find(renewal_id)
    return unless renewal.pending?

    result = square.payments.create_payment(
      body: {
        idempotency_key: "renewal-#{renewal.id}",
        source_id: renewal.card_on_file_id,
        customer_id: renewal.square_customer_id,
        amount_money: { amount: renewal.amount_cents, currency: renewal.currency },
        autocomplete: true,
        reference_id: renewal.id.to_s
      }
    )

    if result.success?
      renewal.update!(state: :paid, square_payment_id: result.data.payment[:id], paid_at: Time.current)
      Rails.logger.info("renewal #{renewal.id} paid")
    else
      codes = result.errors.map { |error| error[:code] }
      Rails.logger.warn("renewal #{renewal.id} refused: #{codes.join(',')}")
      renewal.update!(state: :failed, failure_code: codes.first)
      RenewalMailer.with(renewal: renewal).payment_failed.deliver_later
    end
  end

  private

  def square
    @square ||= Square::Client.new(
      access_token: Rails.application.credentials.dig(:square, :access_token),
      environment: Rails.configuration.x.square_environment,
      timeout: 20,
      max_retries: 0
    )
  end
end
