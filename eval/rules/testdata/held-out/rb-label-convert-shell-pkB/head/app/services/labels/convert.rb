# frozen_string_literal: true

module Labels
  # Turns the PDF which a carrier sent by webhook into a PNG for the packing screen.
  class Convert
    Failed = Class.new(StandardError)

    DPI = 203

    def initialize(workdir: Rails.root.join("tmp/labels"))
      @workdir = workdir
    end

    # attachment is the JSON object of the carrier: { "filename" => ..., "content" => base64 }
    def call(attachment)
      FileUtils.mkdir_p(@workdir)
      source = Tempfile.create(["label", ".pdf"], @workdir.to_s)
      source.binmode
      source.write(Base64.strict_decode64(attachment.fetch("content")))
      source.close

      target = "#{@workdir}/#{attachment.fetch("filename")}.png"
      ok = system("pdftoppm -png -singlefile -r #{DPI} #{source.path} #{target.delete_suffix(".png")}")
      raise Failed, "pdftoppm failed with #{$CHILD_STATUS.exitstatus}" unless ok

      File.binread(target)
    rescue ArgumentError, KeyError => e
      raise Failed, "attachment not usable: #{e.message}"
    ensure
      File.unlink(source.path) if source && File.exist?(source.path)
      File.unlink(target) if target && File.exist?(target)
    end
  end
end
