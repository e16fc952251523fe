# frozen_string_literal: true

module Gocardless
  class Dispatcher
    HANDLERS = {
      "payments.confirmed" => "Gocardless::PaymentConfirmed",
      "payments.failed" => "Gocardless::PaymentFailed",
      "payments.charged_back" => "Gocardless::PaymentChargedBack",
      "mandates.cancelled" => "Gocardless::MandateCancelled"
    }.freeze

    # `event` is a GocardlessEvent row: written by the webhook after the signature check, unique by event id.
    def call(event)
      handler = HANDLERS["#{event.resource_type}.#{event.action}"]
      return event.ignored! if handler.nil?

      event.with_lock do
        next if event.processed?

        handler.constantize.new(event).call
        event.processed!
      end
    end
  end
end
