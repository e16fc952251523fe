# frozen_string_literal: true

require "open3"

class PrintLabelJob < ApplicationJob
  class PrinterError < StandardError; end

  queue_as :printing
  retry_on PrinterError, wait: :polynomially_longer, attempts: 5
  discard_on ActiveJob::DeserializationError

  # Title and reference come from the marketplace order.
  def perform(label)
    return if label.printed_at?

    label.file.open do |file|
      out, status = Open3.capture2e(
        "timeout", "30", "lp",
        "-d", label.station.printer_name,
        "-t", "#{label.order.marketplace_reference} #{label.order.title}",
        "--", file.path
      )
      raise PrinterError, "lp exited with #{status.exitstatus}: #{out.truncate(200)}" unless status.success?
    end
    label.update!(printed_at: Time.current)
  end
end
