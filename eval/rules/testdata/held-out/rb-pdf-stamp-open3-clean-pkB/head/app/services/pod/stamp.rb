# frozen_string_literal: true

require "open3"

module Pod
  # Stamps the delivery note with the receiver's name.
  class Stamp
    Failed = Class.new(StandardError)

    LIMIT_SECONDS = "20"

    def call(pdf_bytes, receiver_name)
      Dir.mktmpdir("pod") do |dir|
        source = File.join(dir, "source.pdf")
        target = File.join(dir, "stamped.pdf")
        File.binwrite(source, pdf_bytes)

        _out, err, status = Open3.capture3(
          "timeout", LIMIT_SECONDS,
          "cpdf", "-add-text", label(receiver_name), "-bottomleft", "20", source, "-o", target
        )
        raise Failed, "cpdf: #{err.lines.last.to_s.strip}" unless status.success?

        File.binread(target)
      end
    end

    private

    def label(name)
      cleaned = name.to_s.gsub(/[^\p{L}\p{N} .'-]/, "").squeeze(" ").strip.slice(0, 80)
      "Received by #{cleaned} on #{Time.current.strftime("%F %R %Z")}"
    end
  end
end
