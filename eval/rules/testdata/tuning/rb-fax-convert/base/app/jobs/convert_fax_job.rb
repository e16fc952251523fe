# frozen_string_literal: true

require "tmpdir"

class ConvertFaxJob < ApplicationJob
  class ConversionFailed < StandardError; end

  queue_as :documents
  retry_on ConversionFailed, wait: :polynomially_longer, attempts: 4

  # @param fax_id [Integer] stored by Fax::InboundController after verification
  def perform(fax_id)
    fax = Fax.find(fax_id)
    return if fax.pdf.attached?

    Dir.mktmpdir("fax") do |dir|
      fax.metadata.fetch("attachments").each_with_index do |meta, index|
        source = File.join(dir, "#{index}.tiff")
        File.binwrite(source, fax.pages[index].download)
        target = convert(source, dir, meta.fetch("file_name"))
        fax.pdf.attach(io: File.open(target), filename: "#{fax.reference}-#{index}.pdf", content_type: "application/pdf")
      end
    end
  end

  private

  def convert(source, dir, title)
    target = source.sub(/tiff\z/, "pdf")
    ok = system("timeout", "60", "tiff2pdf", "-t", title, "-o", target, source, err: ["#{dir}/convert.log", "a"])
    raise ConversionFailed, "tiff2pdf exited with #{$CHILD_STATUS&.exitstatus}" unless ok

    target
  end
end
