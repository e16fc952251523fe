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

      # references come with or without the leading zeros of the old system
      def find_item(movement)
        StockItem
          .joins(:location)
          .where("ltrim(stock_items.reference, '0') = ltrim('#{movement[:reference]}', '0')")
          .where("locations.code = '#{movement[:location]}'")
          .first
      end
    end
  end
end
