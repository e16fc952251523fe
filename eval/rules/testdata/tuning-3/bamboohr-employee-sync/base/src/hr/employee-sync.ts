import { BambooClient } from './bamboo-client';
import { EmployeeRepository } from './employee-repository';
import { AccessService } from '../access/access-service';
import { Logger } from '../logging';

export class EmployeeSync {
  constructor(
    private readonly bamboo: BambooClient,
    private readonly employees: EmployeeRepository,
    private readonly access: AccessService,
    private readonly log: Logger,
  ) {}

  async run(companyId: string): Promise<void> {
    const remote = await this.bamboo.directory(companyId);
    const local = await this.employees.active(companyId);
    const remoteIds = new Set(remote.map((e) => e.id));

    for (const person of remote) {
      await this.employees.upsert(companyId, {
        externalId: person.id,
        name: person.displayName,
        workEmail: person.workEmail,
        department: person.department,
      });
    }

    const gone = local.filter((e) => !remoteIds.has(e.externalId));
    for (const person of gone) {
      await this.access.revokeAll(person.id);
      await this.employees.deactivate(person.id);
    }
    this.log.info('employee sync done', { companyId, seen: remote.length, deactivated: gone.length });
  }
}
