# frozen_string_literal: true

module Shipstation
  class ShipmentImport
    PAGE_SIZE = 200
    MAX_PAGES = 250

    class TooManyPages < StandardError; end
    class UnexpectedAnswer < StandardError; end

    def initialize(client: Shipstation.client)
      @client = client
    end

    def call(date)
      count = 0
      (1..MAX_PAGES).each do |page|
        body = fetch(date, page)
        body['shipments'].each { |row| import(row) }
        count += body['shipments'].size
        return count if page >= body['pages']
      end
      raise TooManyPages, "shipments of #{date}"
    end

    private

    def fetch(date, page)
      body = @client.get('shipments', shipDateStart: date, shipDateEnd: date, page: page, pageSize: PAGE_SIZE,
                                      sortBy: 'ShipDate', sortDir: 'ASC').body
      return body if body.is_a?(Hash) && body['shipments'].is_a?(Array) && body['pages'].is_a?(Integer)

      raise UnexpectedAnswer, "page #{page} of #{date}"
    end

    def import(row)
      Shipment.upsert(
        { external_id: row.fetch('shipmentId'), tracking_number: row['trackingNumber'], carrier: row['carrierCode'] },
        unique_by: :external_id
      )
    end
  end
end
