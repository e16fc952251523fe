class GocardlessEventJob < ApplicationJob
  queue_as :payments
  retry_on ActiveRecord::Deadlocked, GoCardlessPro::ApiError, wait: :polynomially_longer, attempts: 8

  # Enqueued by Webhooks::GocardlessController after signature verification.
  def perform(event)
    return if PaymentEvent.exists?(provider: "gocardless", external_id: event.fetch("id"))

    case [event.fetch("resource_type"), event.fetch("action")]
    in ["payments", "confirmed"]
      payment = Payment.find_by!(gocardless_id: event.dig("links", "payment"))
      payment.account.increment!(:balance_cents, payment.amount_cents)
    in ["mandates", "cancelled" | "expired"]
      Mandate.where(gocardless_id: event.dig("links", "mandate")).update_all(active: false)
    else
      Rails.logger.info("gocardless event #{event['id']} ignored")
    end

    PaymentEvent.create!(provider: "gocardless", external_id: event["id"], kind: event["action"])
  end
end
