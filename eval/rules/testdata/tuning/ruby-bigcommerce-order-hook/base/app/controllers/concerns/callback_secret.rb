# frozen_string_literal: true

module CallbackSecret
  extend ActiveSupport::Concern

  class_methods do
    def callback_secret(header:, &source)
      before_action do
        given = request.headers[header].to_s
        expected = source.call.to_s
        authorized = expected.present? && ActiveSupport::SecurityUtils.secure_compare(given, expected)
        head :unauthorized unless authorized
      end
    end
  end
end
