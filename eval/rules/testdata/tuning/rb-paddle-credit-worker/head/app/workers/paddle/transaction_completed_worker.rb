# frozen_string_literal: true

module Paddle
  class TransactionCompletedWorker
    include Sidekiq::Job

    sidekiq_options queue: :billing, retry: 8

    # Enqueued by Paddle::WebhooksController once the signature has been verified.
    def perform(event_id, payload)
      return if ProcessedEvent.exists?(provider: "paddle", event_id: event_id)

      data = payload.fetch("data")
      account = Account.find_by!(paddle_customer_id: data.fetch("customer_id"))
      credits = data.fetch("items").sum { |item| credits_for(item) }

      Account.transaction do
        Account.update_counters(account.id, credit_balance: credits)
        account.ledger_entries.create!(
          kind: "purchase",
          amount: credits,
          reference: data.fetch("id")
        )
        ProcessedEvent.create!(provider: "paddle", event_id: event_id)
      end
    end

    private

    def credits_for(item)
      pack = CreditPack.find_by!(paddle_price_id: item.dig("price", "id"))
      pack.credits * Integer(item.fetch("quantity"))
    end
  end
end
