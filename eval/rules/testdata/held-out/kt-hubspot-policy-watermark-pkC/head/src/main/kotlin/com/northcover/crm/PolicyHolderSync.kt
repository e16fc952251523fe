package com.northcover.crm

import org.slf4j.LoggerFactory
import org.springframework.scheduling.annotation.Scheduled
import org.springframework.stereotype.Component
import java.time.Clock
import java.time.Instant

@Component
class PolicyHolderSync(
    private val hubspot: HubSpotContacts,
    private val holders: PolicyHolderRepository,
    private val watermarks: WatermarkRepository,
    private val clock: Clock,
) {
    private val log = LoggerFactory.getLogger(javaClass)

    @Scheduled(fixedDelayString = "PT10M")
    fun run() {
        val since = watermarks.find(NAME) ?: Instant.EPOCH
        var after: String? = null
        var count = 0
        do {
            val page = hubspot.searchModifiedSince(since, after, limit = 100)
            page.results.forEach { contact ->
                holders.upsert(
                    hubspotId = contact.id,
                    policyNumber = contact.properties["policy_number"],
                    email = contact.properties["email"],
                    phone = contact.properties["phone"],
                    modifiedAt = contact.updatedAt,
                )
                count++
            }
            after = page.paging?.next?.after
        } while (after != null)

        watermarks.save(NAME, clock.instant())
        log.info("{} policy holders changed since {}", count, since)
    }

    private companion object {
        const val NAME = "hubspot-policy-holders"
    }
}
