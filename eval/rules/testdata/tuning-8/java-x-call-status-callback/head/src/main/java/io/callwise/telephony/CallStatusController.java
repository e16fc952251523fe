package io.callwise.telephony;

import io.callwise.billing.CallLedger;
import io.callwise.telephony.model.CallStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/hooks/twilio")
public class CallStatusController {

    private static final Logger log = LoggerFactory.getLogger(CallStatusController.class);

    private final CallLedger ledger;

    public CallStatusController(CallLedger ledger) {
        this.ledger = ledger;
    }

    @PostMapping(path = "/call-status", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    public ResponseEntity<Void> onStatus(@RequestParam("CallSid") String callSid,
                                         @RequestParam("CallStatus") String status,
                                         @RequestParam(name = "CallDuration", required = false) Integer seconds) {
        CallStatus parsed = CallStatus.fromTwilio(status).orElse(null);
        if (parsed == null) {
            log.warn("unknown call status {} for {}", status, callSid);
            return ResponseEntity.badRequest().build();
        }
        boolean first = ledger.markTerminal(callSid, parsed);
        if (first && parsed == CallStatus.COMPLETED && seconds != null) {
            ledger.charge(callSid, seconds);
        }
        return ResponseEntity.noContent().build();
    }
}
