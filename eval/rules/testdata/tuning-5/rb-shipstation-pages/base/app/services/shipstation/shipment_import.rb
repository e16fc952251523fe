# frozen_string_literal: true

module Shipstation
  class ShipmentImport
    PAGE_SIZE = 200

    def initialize(client: Shipstation.client)
      @client = client
    end

    def call(date)
      rows = @client.get('shipments', shipDateStart: date, shipDateEnd: date, pageSize: PAGE_SIZE).body['shipments']
      rows.each { |row| import(row) }
      rows.size
    end

    private

    def import(row)
      Shipment.upsert(
        { external_id: row.fetch('shipmentId'), tracking_number: row['trackingNumber'], carrier: row['carrierCode'] },
        unique_by: :external_id
      )
    end
  end
end
