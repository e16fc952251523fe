package com.medora.hl7;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.v25.message.ADT_A01;
import ca.uhn.hl7v2.model.v25.segment.PID;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

@Repository
public class PatientMatcher {

    private final JdbcTemplate jdbc;

    public PatientMatcher(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<Long> match(ADT_A01 message) throws HL7Exception {
        PID pid = message.getPID();
        if (pid.getPatientIdentifierListReps() == 0) {
            return Optional.empty();
        }
        String mrn = pid.getPatientIdentifierList(0).getIDNumber().getValue();
        String surname = pid.getPatientName(0).getFamilyName().getSurname().getValue();
        if (mrn == null || surname == null) {
            return Optional.empty();
        }

        String sql = "SELECT id FROM patient WHERE mrn = '" + mrn + "'"
            + " AND lower(surname) = lower('" + surname + "')";
        List<Long> ids = jdbc.queryForList(sql, Long.class);
        return ids.size() == 1 ? Optional.of(ids.get(0)) : Optional.empty();
    }
}
