package com.medora.glucose

import ca.uhn.fhir.rest.client.api.IGenericClient
import org.hl7.fhir.r4.model.Bundle
import org.hl7.fhir.r4.model.Observation
import org.slf4j.LoggerFactory

class GlucoseImport(private val fhir: IGenericClient, private val readings: GlucoseReadings) {

    private val log = LoggerFactory.getLogger(javaClass)

    fun import(patientId: String, since: String): Int {
        var bundle: Bundle? = fhir.search<Bundle>()
            .forResource(Observation::class.java)
            .where(Observation.PATIENT.hasId(patientId))
            .and(Observation.CODE.exactly().systemAndCode("http://loinc.org", "15074-8"))
            .and(Observation.DATE.afterOrEquals().day(since))
            .count(100)
            .returnBundle(Bundle::class.java)
            .execute()
        var stored = 0
        while (bundle != null) {
            bundle.entry.mapNotNull { it.resource as? Observation }.forEach { observation ->
                if (observation.hasValueQuantity() && observation.hasEffectiveDateTimeType()) {
                    readings.upsert(
                        observationId = observation.idElement.idPart,
                        patientId = patientId,
                        takenAt = observation.effectiveDateTimeType.value.toInstant(),
                        mgPerDl = observation.valueQuantity.value,
                    )
                    stored++
                }
            }
            bundle = bundle.getLink(Bundle.LINK_NEXT)?.let { fhir.loadPage().next(bundle).execute() }
        }
        log.info("{} glucose readings of patient {}", stored, patientId)
        return stored
    }
}
