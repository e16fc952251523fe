package com.lumen.credit;

import java.time.LocalDate;
import org.springframework.stereotype.Component;

@Component
public class CreditBureauClient {

    public CreditScore score(String nationalId, LocalDate birthDate) {
        return CreditScore.unknown();
    }
}
