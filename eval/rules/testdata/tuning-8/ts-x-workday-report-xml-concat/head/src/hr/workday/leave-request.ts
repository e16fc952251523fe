import { randomUUID } from 'node:crypto'
import { config } from '../../config'
import { logger } from '../../logger'
import { workdayToken } from './auth'

export interface LeaveRequest {
  requestId: string
  workerId: string
  from: string
  to: string
  reason: string
}

function envelope(request: LeaveRequest): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:wd="urn:com.workday/bsvc">
  <env:Body>
    <wd:Enter_Time_Off_Request wd:version="v42.0">
      <wd:Enter_Time_Off_Data>
        <wd:Request_ID>${request.requestId}</wd:Request_ID>
        <wd:Worker_Reference><wd:ID wd:type="Employee_ID">${request.workerId}</wd:ID></wd:Worker_Reference>
        <wd:Start_Date>${request.from}</wd:Start_Date>
        <wd:End_Date>${request.to}</wd:End_Date>
        <wd:Comment>${request.reason}</wd:Comment>
      </wd:Enter_Time_Off_Data>
    </wd:Enter_Time_Off_Request>
  </env:Body>
</env:Envelope>`
}

export async function enterTimeOff(request: LeaveRequest): Promise<void> {
  const correlationId = randomUUID()
  await fetch(`${config.workday.serviceUrl}/Absence_Management/v42.0`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await workdayToken()}`,
      'content-type': 'text/xml; charset=utf-8',
      'x-correlation-id': correlationId,
    },
    body: envelope(request),
    signal: AbortSignal.timeout(30_000),
  })
  logger.info({ requestId: request.requestId, correlationId }, 'time off entered in workday')
}
