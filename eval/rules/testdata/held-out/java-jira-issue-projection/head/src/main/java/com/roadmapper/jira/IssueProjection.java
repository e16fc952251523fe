package com.roadmapper.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Called by JiraWebhookController, which has verified X-Hub-Signature. */
@Component
public class IssueProjection {

    private static final Logger log = LoggerFactory.getLogger(IssueProjection.class);
    private static final Pattern KEY = Pattern.compile("[A-Z][A-Z0-9]{1,9}-\\d{1,7}");
    private static final DateTimeFormatter JIRA_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");

    private final JdbcTemplate jdbc;

    public IssueProjection(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public void apply(JsonNode issue) {
        String key = issue.path("key").asText();
        if (!KEY.matcher(key).matches()) {
            throw new InvalidJiraPayloadException("issue key");
        }
        JsonNode fields = issue.path("fields");
        String summary = fields.path("summary").asText();
        String status = fields.path("status").path("name").asText();
        OffsetDateTime updated = OffsetDateTime.parse(fields.path("updated").asText(), JIRA_TIME);

        int rows = jdbc.update(
                "insert into jira_issue (issue_key, summary, status, updated_at) values ('" + key + "', '"
                        + summary + "', '" + status + "', '" + updated + "') "
                        + "on conflict (issue_key) do update set summary = excluded.summary, "
                        + "status = excluded.status, updated_at = excluded.updated_at "
                        + "where jira_issue.updated_at < excluded.updated_at");
        log.debug("jira issue {}: {} row(s)", key, rows);
    }
}
