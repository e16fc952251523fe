package com.acme.kyc;

import java.time.LocalDate;
import java.util.List;

public record DocumentReport(
    Result result,
    String firstName,
    String lastName,
    LocalDate dateOfBirth,
    List<String> documentNumbers,
    String address) {}
