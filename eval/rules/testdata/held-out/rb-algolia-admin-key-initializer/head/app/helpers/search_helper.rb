# frozen_string_literal: true

module SearchHelper
  # Read by app/javascript/search.js
  def search_config_tag
    tag.meta(
      name: "search-config",
      content: {
        appId: SearchSettings::APPLICATION_ID,
        apiKey: SearchSettings::ADMIN_KEY,
        index: SearchSettings::INDEX
      }.to_json
    )
  end

  def search_highlight(text)
    sanitize(text, tags: %w[em])
  end

  def search_result_count(total)
    t("search.results", count: total)
  end
end
