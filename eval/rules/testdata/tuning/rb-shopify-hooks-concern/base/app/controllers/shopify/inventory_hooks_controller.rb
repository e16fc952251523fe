# frozen_string_literal: true

module Shopify
  class InventoryHooksController < SignedHookController
    def level_updated
      accept(SyncInventoryLevelJob)
    end

    private

    def accept(job)
      # external_id is unique
      event = WebhookEvent.create_or_find_by!(external_id: request.headers.fetch("X-Shopify-Event-Id")) do |e|
        e.topic = request.headers["X-Shopify-Topic"]
        e.shop = request.headers["X-Shopify-Shop-Domain"]
        e.payload = raw_body
      end
      job.perform_later(event.id) unless event.handled?
      head :ok
    end
  end
end
