class GocardlessEventJob < ApplicationJob
  queue_as :payments
  retry_on ActiveRecord::Deadlocked, GoCardlessPro::ApiError, wait: :polynomially_longer, attempts: 8

  # Enqueued by Webhooks::GocardlessController after signature verification.
  def perform(event)
    PaymentEvent.transaction do
      PaymentEvent.create!(provider: "gocardless", external_id: event.fetch("id"), kind: event.fetch("action"))
      apply(event)
    end
  rescue ActiveRecord::RecordNotUnique
    Rails.logger.info("gocardless event #{event['id']} already applied")
  end

  private

  def apply(event)
    case [event.fetch("resource_type"), event.fetch("action")]
    in ["payments", "confirmed"]
      payment = Payment.find_by!(gocardless_id: event.dig("links", "payment"))
      payment.account.increment!(:balance_cents, payment.amount_cents)
    in ["mandates", "cancelled" | "expired"]
      Mandate.where(gocardless_id: event.dig("links", "mandate")).update_all(active: false)
    else
      Rails.logger.info("gocardless event #{event['id']} ignored")
    end
  end
end
