package com.acme.leads;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
public class LeadImporter {

  private static final Logger log = LoggerFactory.getLogger(LeadImporter.class);

  private final LeadRepository leads;

  public LeadImporter(LeadRepository leads) {
    this.leads = leads;
  }

  /** Stores a lead as the Graph API returned it. */
  @Transactional
  public Lead store(JsonNode answer) {
    Map<String, String> fields = new HashMap<>();
    for (JsonNode field : answer.path("field_data")) {
      fields.put(field.path("name").asText(), field.path("values").path(0).asText());
    }

    Lead lead = leads.findByExternalId(answer.path("id").asText()).orElseGet(Lead::new);
    lead.setExternalId(answer.path("id").asText());
    lead.setFormId(answer.path("form_id").asLong());
    lead.setEmail(fields.get("email"));
    lead.setPhone(fields.get("phone_number"));
    lead.setBudgetCents(Integer.parseInt(fields.getOrDefault("budget", "0")) * 100);
    lead.setReceivedAt(Instant.ofEpochSecond(answer.path("created_time").asLong()));
    Lead saved = leads.save(lead);

    log.info("lead {} of form {} stored", saved.getExternalId(), saved.getFormId());
    return saved;
  }
}
