# frozen_string_literal: true

# One row per event of a provider, unique on (source, external_id).
class InboundEvent < ApplicationRecord
  scope :stuck, -> { where(handled_at: nil, created_at: ..10.minutes.ago) }

  after_create_commit { ProcessInboundEventJob.perform_later(id) }

  def self.insert_or_skip!(source:, external_id:, kind:, body:)
    transaction(requires_new: true) do
      create!(source: source, external_id: external_id, kind: kind, body: body)
    end
  rescue ActiveRecord::RecordNotUnique
    nil
  end

  # Runs the block once; a raise leaves the row open.
  def process_once
    with_lock do
      next if handled_at

      yield self
      update!(handled_at: Time.current)
    end
  end
end
