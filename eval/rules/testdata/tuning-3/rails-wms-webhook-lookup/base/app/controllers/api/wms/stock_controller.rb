# frozen_string_literal: true

module Api
  module Wms
    class StockController < BaseController # authenticates the warehouse by client certificate
      def update
        params.require(:movements).each do |movement|
          item = find_item(movement)
          if item.nil?
            unmatched << movement[:reference]
            next
          end
          item.with_lock do
            item.update!(on_hand: Integer(movement[:on_hand]), counted_at: Time.iso8601(movement[:counted_at]))
          end
        end
        render json: { unmatched: }
      end

      private

      def unmatched
        @unmatched ||= []
      end

      def find_item(movement)
        StockItem
          .joins(:location)
          .find_by(reference: movement[:reference].to_s, locations: { code: movement[:location].to_s })
      end
    end
  end
end
