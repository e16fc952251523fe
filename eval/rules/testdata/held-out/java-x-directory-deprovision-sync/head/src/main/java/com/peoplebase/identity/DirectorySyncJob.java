package com.peoplebase.identity;

import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

@Component
public class DirectorySyncJob {

    private final HrDirectoryClient hr;
    private final AccountService accounts;

    public DirectorySyncJob(HrDirectoryClient hr, AccountService accounts) {
        this.hr = hr;
        this.accounts = accounts;
    }

    @Scheduled(cron = "0 15 4 * * *")
    public void run() {
        Set<String> active = hr.activeEmployees().stream().map(Employee::personnelNumber).collect(Collectors.toSet());
        accounts.enabled().stream()
                .filter(a -> !active.contains(a.personnelNumber()))
                .forEach(a -> accounts.disable(a.id(), "left the company"));
    }
}
