import { Router } from 'express'
import axios from 'axios'
import { requireLogin } from '../middleware/require-login.js'
import { buildTree } from '../lib/tree.js'
import logger from '../lib/logger.js'

const bamboo = axios.create({
  baseURL: `https://api.bamboohr.com/api/gateway.php/${process.env.BAMBOO_SUBDOMAIN}/v1`,
  auth: { username: process.env.BAMBOO_API_KEY, password: 'x' },
  headers: { accept: 'application/json' },
})

const router = Router()

router.get('/org-chart', requireLogin, async (req, res) => {
  let directory
  try {
    const response = await bamboo.get('/employees/directory')
    directory = response.data
  } catch (err) {
    logger.error({ status: err.response?.status, code: err.code }, 'bamboohr directory not readable')
    return res.status(502).json({ error: 'The directory is not available.' })
  }

  if (!Array.isArray(directory?.employees)) {
    logger.error('bamboohr directory has no employees')
    return res.status(502).json({ error: 'The directory is not available.' })
  }

  const people = directory.employees.map((employee) => ({
    id: employee.id,
    name: employee.displayName,
    title: employee.jobTitle,
    manager: employee.supervisor ?? null,
  }))
  res.set('cache-control', 'private, max-age=300')
  res.json(buildTree(people))
})

export default router
