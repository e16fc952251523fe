# frozen_string_literal: true

module Recurly
  class PaymentWorker
    include Sidekiq::Job

    sidekiq_options queue: :billing, retry: 8

    # Enqueued by Recurly::WebhooksController once the signature has been verified.
    def perform(event_id, payload)
      data = payload.fetch("data")
      account = Account.find_by!(recurly_code: data.fetch("account_code"))
      credits = data.fetch("items").sum { |item| credits_for(item) }

      Account.transaction do
        ProcessedEvent.create!(provider: "recurly", event_id: event_id)
        Account.update_counters(account.id, credit_balance: credits)
        account.ledger_entries.create!(
          kind: "purchase",
          amount: credits,
          reference: data.fetch("id")
        )
      end
    rescue ActiveRecord::RecordNotUnique => e
      raise unless e.message.include?("index_processed_events_on_provider_and_event_id")

      logger.info("recurly event #{event_id} was processed before")
    end

    private

    def credits_for(item)
      pack = CreditPack.find_by!(recurly_item_code: item.fetch("item_code"))
      pack.credits * Integer(item.fetch("quantity"))
    end
  end
end
