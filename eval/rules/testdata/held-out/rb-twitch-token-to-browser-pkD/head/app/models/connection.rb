# frozen_string_literal: true

# id            :bigint
# user_id       :bigint
# provider      :string
# access_token  :string  (encrypted)
# refresh_token :string  (encrypted)
# expires_at    :datetime
class Connection < ApplicationRecord
  belongs_to :user
  has_one :channel, dependent: :destroy

  encrypts :access_token, :refresh_token

  validates :provider, inclusion: { in: %w[twitch youtube] }

  def expired?
    expires_at <= 1.minute.from_now
  end
end
