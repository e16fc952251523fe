import express, { Router } from 'express'
import { z } from 'zod'
import { shiftSwaps } from '../hr/shift-swaps'
import { verifySlack } from './verify'

const Command = z.object({
  command: z.literal('/swap-shift'),
  user_id: z.string(),
  team_id: z.string(),
  text: z.string().max(200),
})

export const slackRoutes = Router()

slackRoutes.post(
  '/commands',
  express.raw({ type: 'application/x-www-form-urlencoded', limit: '50kb' }),
  verifySlack,
  async (req, res, next) => {
    try {
      const form = Object.fromEntries(new URLSearchParams(req.body.toString('utf8')))
      const command = Command.parse(form)
      const swap = await shiftSwaps.request(command.team_id, command.user_id, command.text)
      res.json({ response_type: 'ephemeral', text: `Swap ${swap.number} was sent to ${swap.partnerName}.` })
    } catch (error) {
      next(error)
    }
  },
)
