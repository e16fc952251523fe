# frozen_string_literal: true

class ApplyPlanEventJob < ApplicationJob
  queue_as :billing
  retry_on StandardError, wait: :polynomially_longer, attempts: 8

  def perform(record)
    record.with_lock do
      next unless record.pending?

      PlanProjection.apply!(record.kind, record.payload)
      record.update!(state: "processed", processed_at: Time.current)
    end
  end
end
