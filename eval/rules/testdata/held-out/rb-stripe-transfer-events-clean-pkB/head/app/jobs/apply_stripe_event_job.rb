# frozen_string_literal: true

class ApplyStripeEventJob < ApplicationJob
  queue_as :payments
  retry_on ActiveRecord::Deadlocked, wait: :polynomially_longer, attempts: 5

  def perform(record)
    record.with_lock do
      next if record.applied_at?

      Ledger::ApplyTransfer.call(kind: record.kind, object: record.payload)
      record.update!(applied_at: Time.current)
    end
  end
end
