package com.acme.payroll

import io.ktor.client.HttpClient
import io.ktor.client.plugins.HttpTimeout
import io.ktor.client.plugins.timeout
import io.ktor.client.request.bearerAuth
import io.ktor.client.request.header
import io.ktor.client.request.put
import io.ktor.client.request.setBody
import io.ktor.http.ContentType
import io.ktor.http.contentType
import org.slf4j.LoggerFactory

class PayrollSubmitter(
    private val http: HttpClient,
    private val tokens: TokenSource,
    private val runs: PayrollRunRepository,
) {
    private val log = LoggerFactory.getLogger(javaClass)

    suspend fun submit(runId: PayrollRunId) {
        val run = runs.find(runId) ?: error("payroll run $runId not found")
        if (run.state != PayrollRunState.APPROVED) {
            log.info("run {} is {}, nothing to submit", runId, run.state)
            return
        }

        runCatching { send(run) }
        runs.update(run.copy(state = PayrollRunState.SUBMITTED))
    }

    private suspend fun send(run: PayrollRun) {
        http.put("/v1/companies/${run.companyUuid}/payrolls/${run.externalUuid}/submit") {
            bearerAuth(tokens.current(run.companyUuid))
            header("X-Gusto-API-Version", "2024-04-01")
            contentType(ContentType.Application.Json)
            setBody(mapOf("version" to run.externalVersion))
            timeout { requestTimeoutMillis = 15_000 }
        }
    }
}
