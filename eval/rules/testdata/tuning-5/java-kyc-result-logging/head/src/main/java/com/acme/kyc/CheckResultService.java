package com.acme.kyc;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
public class CheckResultService {

  private static final Logger log = LoggerFactory.getLogger(CheckResultService.class);

  private final ApplicantRepository applicants;
  private final OnfidoGateway onfido;

  public CheckResultService(ApplicantRepository applicants, OnfidoGateway onfido) {
    this.applicants = applicants;
    this.onfido = onfido;
  }

  public void refresh(UUID applicantId, String checkId) {
    DocumentReport report = onfido.documentReport(checkId);
    log.info("onfido report for {}: {}", applicantId, report);
    if (report.result() == null) {
      throw new IllegalStateException("check " + checkId + " has no result yet");
    }
    store(applicantId, checkId, report.result());
  }

  @Transactional
  void store(UUID applicantId, String checkId, Result result) {
    Applicant applicant = applicants.findByIdForUpdate(applicantId).orElseThrow();
    if (applicant.decided()) {
      log.info("applicant {} was decided before check {}", applicantId, checkId);
      return;
    }
    applicant.applyCheck(checkId, result);
  }
}
