package com.northcover.claims

import org.jdbi.v3.core.Jdbi
import org.jdbi.v3.core.kotlin.mapTo

class ClaimSearch(private val jdbi: Jdbi) {

    fun search(filter: ClaimFilter): List<ClaimRow> {
        val column = SORTS[filter.sort] ?: "submitted_at"
        val direction = if (filter.ascending) "ASC" else "DESC"
        val conditions = buildList {
            add("insurer_id = :insurer")
            filter.status?.let { add("status = :status") }
            filter.claimant?.let { add("claimant_name ILIKE :claimant") }
        }
        return jdbi.withHandle<List<ClaimRow>, Exception> { handle ->
            handle.createQuery(
                "SELECT claim_number, claimant_name, status, submitted_at FROM claim " +
                    "WHERE ${conditions.joinToString(" AND ")} ORDER BY $column $direction LIMIT :limit",
            )
                .bind("insurer", filter.insurerId)
                .bind("limit", filter.limit.coerceIn(1, 200))
                .apply { filter.status?.let { bind("status", it.name) } }
                .apply { filter.claimant?.let { bind("claimant", "%${it.escapeLike()}%") } }
                .mapTo<ClaimRow>()
                .list()
        }
    }

    private fun String.escapeLike() = replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")

    private companion object {
        val SORTS = mapOf("submitted" to "submitted_at", "status" to "status", "number" to "claim_number")
    }
}
