# frozen_string_literal: true

class TrackerUpdateJob < ApplicationJob
  queue_as :tracking
  retry_on ActiveRecord::Deadlocked, wait: 2.seconds, attempts: 4

  def perform(tracker_id, status, updated_at)
    at = Time.iso8601(updated_at)
    Shipment
      .where(easypost_tracker_id: tracker_id)
      .where("tracker_updated_at IS NULL OR tracker_updated_at < ?", at)
      .update_all(
        carrier_status: status,
        tracker_updated_at: at,
        updated_at: Time.current
      )
  end
end
