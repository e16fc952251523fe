import { Injectable } from '@nestjs/common'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { Wallet } from './wallet.entity'

@Injectable()
export class WalletService {
  constructor(@InjectRepository(Wallet) private readonly wallets: Repository<Wallet>) {}

  /** Adds to the balance, in the smallest unit of the currency. */
  async increment(id: string, amount: number, currency: string): Promise<void> {
    const result = await this.wallets.increment({ id, currency }, 'balance', amount)
    if (result.affected !== 1) {
      throw new Error(`wallet ${id} in ${currency} not found`)
    }
  }
}
