import type { Database } from '@secure-ecommerce/kit/database'
import { grouped } from '@secure-ecommerce/kit/grouped'
import { addOnce } from './add-once.ts'

export type SimulatedCharge = {
  id: string
  amount_cents: number
  currency: string
  token_sha256: Buffer
  outcome: 'captured' | 'declined'
  reason: string | null
  /** Whether it is done processing, by the clock of the database. */
  settled: boolean
}

type NewCharge = {
  id: string
  key: string
  amountCents: number
  currency: string
  tokenSha256: Buffer
  reason: string | null
  late: number
}

const columns = 'id, amount_cents, currency, token_sha256, outcome, reason, settles_at <= now() as settled'

/** What the simulated provider remembers. Rows are only ever added. */
export function simulatorBooks(database: Database) {
  async function addCharges(charges: NewCharge[]): Promise<SimulatedCharge[]> {
    const { rows } = await database.query<SimulatedCharge>({
      name: 'add-simulated-charges',
      text: `insert into simulated_charges (id, idempotency_key, amount_cents, currency, token_sha256, outcome, reason, settles_at)
             select id, key, amount_cents, currency, token_sha256, case when reason is null then 'captured' else 'declined' end,
                    reason, now() + late * interval '1 ms'
             from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bytea[], $6::text[], $7::integer[])
                  as wanted (id, key, amount_cents, currency, token_sha256, reason, late)
             order by id
             on conflict do nothing
             returning ${columns}`,
      values: [
        charges.map(({ id }) => id),
        charges.map(({ key }) => key),
        charges.map(({ amountCents }) => amountCents),
        charges.map(({ currency }) => currency),
        charges.map(({ tokenSha256 }) => tokenSha256),
        charges.map(({ reason }) => reason),
        charges.map(({ late }) => late),
      ],
    })
    return rows
  }

  async function findCharges(ids: string[]): Promise<SimulatedCharge[]> {
    const { rows } = await database.query<SimulatedCharge>({
      name: 'find-simulated-charges',
      text: `select ${columns} from simulated_charges where id = any($1::text[])`,
      values: [ids],
    })
    return rows
  }

  const charge = grouped(async (charges: NewCharge[]) => {
    const results = await addOnce('id', charges, addCharges, findCharges)
    return results.map(({ row, added }) => ({ charge: row, added }))
  })

  return {
    /** The charge that has this id since now or before. */
    charge,

    async findCharge(id: string): Promise<SimulatedCharge | undefined> {
      return (await findCharges([id]))[0]
    },

    /** @returns whether the whole of a captured charge is given back, now or before, by this very refund */
    async refund(refund: { id: string; key: string; chargeId: string; amountCents: number }): Promise<boolean> {
      await database.query({
        name: 'add-simulated-refund',
        text: `insert into simulated_refunds (id, idempotency_key, charge_id, amount_cents)
               select $1, $2, id, amount_cents from simulated_charges
               where id = $3 and amount_cents = $4 and outcome = 'captured' and settles_at <= now()
               on conflict do nothing`,
        values: [refund.id, refund.key, refund.chargeId, refund.amountCents],
      })
      const { rowCount } = await database.query({
        name: 'find-simulated-refund',
        text: 'select from simulated_refunds where id = $1 and charge_id = $2 and amount_cents = $3',
        values: [refund.id, refund.chargeId, refund.amountCents],
      })
      return rowCount === 1
    },
  }
}
