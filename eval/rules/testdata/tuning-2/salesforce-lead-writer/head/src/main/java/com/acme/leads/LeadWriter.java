package com.acme.leads;

import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

import java.sql.Timestamp;
import java.util.List;
import java.util.regex.Pattern;

@Repository
public class LeadWriter {

    private static final Pattern SALESFORCE_ID = Pattern.compile("[A-Za-z0-9]{18}");

    private static final String UPSERT = """
            INSERT INTO lead (salesforce_id, company, email, country, modified_at)
            VALUES (:id, :company, :email, :country, :modifiedAt)
            ON CONFLICT (salesforce_id) DO UPDATE
               SET company = excluded.company, email = excluded.email,
                   country = excluded.country, modified_at = excluded.modified_at
             WHERE lead.modified_at < excluded.modified_at
            """;

    private final NamedParameterJdbcTemplate jdbc;

    public LeadWriter(NamedParameterJdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes all leads of a page or none. */
    @Transactional
    public void write(List<LeadRecord> leads) {
        var rows = leads.stream().map(LeadWriter::row).toArray(SqlParameterSource[]::new);
        jdbc.batchUpdate(UPSERT, rows);
    }

    private static SqlParameterSource row(LeadRecord lead) {
        if (lead.id() == null || !SALESFORCE_ID.matcher(lead.id()).matches() || lead.systemModstamp() == null) {
            throw new IllegalArgumentException("lead without a valid id or time stamp");
        }
        return new MapSqlParameterSource()
                .addValue("id", lead.id())
                .addValue("company", lead.company())
                .addValue("email", lead.email())
                .addValue("country", lead.country())
                .addValue("modifiedAt", Timestamp.from(lead.systemModstamp()));
    }
}
