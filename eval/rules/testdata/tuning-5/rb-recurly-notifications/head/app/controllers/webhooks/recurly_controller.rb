# frozen_string_literal: true

module Webhooks
  class RecurlyController < ActionController::API
    HANDLED = %w[subscription.canceled subscription.expired subscription.renewed].freeze

    def create
      event = params.permit(:id, :object_type, :site_id, :event_type, :event_time, :uuid).to_h
      kind = "#{event['object_type']}.#{event['event_type']}"

      return head :no_content unless HANDLED.include?(kind)
      return head :unprocessable_entity if event['id'].blank? || event['uuid'].blank?

      notification = RecurlyNotification.create_or_find_by!(external_id: event['id']) do |n|
        n.kind = kind
        n.subscription_uuid = event['uuid']
        n.occurred_at = Time.zone.parse(event['event_time'].to_s)
      end

      ApplyRecurlyNotificationJob.perform_later(notification.id) if notification.pending?
      Rails.logger.info("recurly notification #{notification.external_id} accepted")
      head :ok
    end
  end
end
