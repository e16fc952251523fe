package com.medora.portal;

import jakarta.servlet.http.HttpSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
public class EpicCallbackController {

    private static final Logger log = LoggerFactory.getLogger(EpicCallbackController.class);

    private final EpicTokenClient tokens;
    private final LinkedRecords records;

    public EpicCallbackController(EpicTokenClient tokens, LinkedRecords records) {
        this.tokens = tokens;
        this.records = records;
    }

    @GetMapping("/portal/epic/callback")
    public String callback(
            @RequestParam(required = false) String code,
            @RequestParam(required = false) String state,
            @RequestParam(required = false) String error,
            HttpSession session) {
        String account = (String) session.getAttribute("accountId");
        if (account == null) {
            return "redirect:/login";
        }
        if (error != null || code == null) {
            log.info("epic authorization refused for account {}", account);
            return "redirect:/portal/records?link=refused";
        }
        EpicTokens granted = tokens.exchange(code);
        records.link(account, granted.patientId(), granted);
        return "redirect:/portal/records?link=done";
    }
}
