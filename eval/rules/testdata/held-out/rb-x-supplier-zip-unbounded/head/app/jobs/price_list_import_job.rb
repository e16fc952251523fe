# frozen_string_literal: true

require "csv"
require "zip"

class PriceListImportJob < ApplicationJob
  queue_as :imports
  discard_on ActiveJob::DeserializationError

  BATCH = 1_000

  # The archive was uploaded by the supplier in the portal.
  def perform(upload)
    rows = []
    upload.file.open do |tempfile|
      Zip::File.open(tempfile.path) do |archive|
        archive.glob("*.csv").each do |entry|
          text = entry.get_input_stream.read.force_encoding(Encoding::UTF_8)
          rows.concat(CSV.parse(text, headers: true, col_sep: ";").map(&:to_h))
        end
      end
    end

    store(upload.supplier, rows)
    upload.update!(state: "imported", row_count: rows.size)
  rescue Zip::Error, CSV::MalformedCSVError => e
    upload.update!(state: "rejected", failure: e.message.truncate(250))
  end

  private

  def store(supplier, rows)
    rows.each_slice(BATCH) do |slice|
      SupplierPrice.upsert_all(
        slice.map { |row| attributes(supplier, row) },
        unique_by: %i[supplier_id article_number]
      )
    end
  end

  def attributes(supplier, row)
    { supplier_id: supplier.id, article_number: row.fetch("article"), net_price: BigDecimal(row.fetch("price")) }
  end
end
