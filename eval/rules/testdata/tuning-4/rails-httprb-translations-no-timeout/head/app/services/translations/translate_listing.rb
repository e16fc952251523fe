# frozen_string_literal: true

module Translations
  class TranslateListing
    class Unavailable < StandardError; end

    BATCH = 40

    def initialize(listing, target:)
      @listing = listing
      @target = target.to_s.upcase
    end

    def call
      @listing.translatable_texts.each_slice(BATCH).flat_map { |texts| translate(texts) }
    end

    private

    def translate(texts)
      response = HTTP
                 .auth("DeepL-Auth-Key #{ENV.fetch('DEEPL_AUTH_KEY')}")
                 .post("https://api.deepl.com/v2/translate", json: body(texts))
      unless response.status.success?
        raise Unavailable, "translation service answered #{response.status.code}"
      end

      translated = response.parse(:json).fetch("translations").map { |t| t.fetch("text") }
      raise Unavailable, "got #{translated.size} of #{texts.size} texts" if translated.size != texts.size

      translated
    rescue HTTP::Error => e
      raise Unavailable, "translation service not reachable: #{e.class}"
    end

    def body(texts)
      {
        text: texts,
        target_lang: @target,
        source_lang: @listing.locale.upcase,
        tag_handling: "html",
        preserve_formatting: true
      }
    end
  end
end
