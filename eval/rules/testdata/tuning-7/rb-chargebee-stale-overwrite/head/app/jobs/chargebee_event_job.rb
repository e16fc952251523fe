# frozen_string_literal: true

# Enqueued by Webhooks::ChargebeeController, which checks the basic auth and stores the event ID.
class ChargebeeEventJob < ApplicationJob
  queue_as :webhooks

  STATES = {
    "future" => "pending",
    "in_trial" => "trial",
    "active" => "active",
    "non_renewing" => "ending",
    "paused" => "paused",
    "cancelled" => "cancelled"
  }.freeze

  def perform(event)
    return unless event.fetch("event_type").start_with?("subscription_")

    data = event.fetch("content").fetch("subscription")
    subscription = Subscription.find_or_initialize_by(chargebee_id: data.fetch("id"))
    subscription.update!(
      state: STATES.fetch(data.fetch("status")),
      customer_ref: data.fetch("customer_id"),
      current_term_end: epoch(data["current_term_end"]),
      cancelled_at: epoch(data["cancelled_at"])
    )
    Rails.logger.info("chargebee event=#{event['id']} subscription=#{subscription.id} state=#{subscription.state}")
  end

  private

  def epoch(value)
    value && Time.zone.at(value)
  end
end
